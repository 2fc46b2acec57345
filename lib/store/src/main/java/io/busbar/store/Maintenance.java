package io.busbar.store;

import io.busbar.api.DatabaseAccess;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/** A plugin's schema for the commands of the launcher, while nothing else runs on it. */
public final class Maintenance {

  /** Long, because a server that has just started answers late on a busy machine. */
  private static final int CONNECT_SECONDS = 20;

  private Maintenance() {}

  /**
   * Brings the schema up to date and connects to it.
   *
   * @param access where, usually {@code commandContext.openDatabase(…).access()}
   * @param migrations finds the plugin's {@code db/migration/V1__….sql} and so on
   * @throws SQLException if the database cannot be reached
   */
  public static Connection connect(DatabaseAccess access, ClassLoader migrations)
      throws SQLException {
    new Migrations(access).run(migrations);
    PGSimpleDataSource source = source(access);
    source.setCurrentSchema(access.schema());
    return source.getConnection();
  }

  static PGSimpleDataSource source(DatabaseAccess access) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {access.host()});
    source.setPortNumbers(new int[] {access.port()});
    source.setDatabaseName(access.database());
    source.setUser(access.user());
    source.setPassword(access.password());
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setLoginTimeout(CONNECT_SECONDS);
    return source;
  }
}
