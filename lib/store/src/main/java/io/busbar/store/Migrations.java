package io.busbar.store;

import io.busbar.api.DatabaseAccess;
import java.sql.SQLException;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.ds.PGSimpleDataSource;

/** Brings a schema up to date. */
final class Migrations {

  private final DatabaseAccess access;

  Migrations(DatabaseAccess access) {
    this.access = access;
  }

  /**
   * The store's own tables first, then the plugin's {@code db/migration}; each with a history of
   * its own, so that their numbers do not meet.
   */
  void run(ClassLoader plugin) {
    migrate(Migrations.class.getClassLoader(), "classpath:db/store", "store_history");
    migrate(plugin, "classpath:db/migration", "migration_history");
  }

  private void migrate(ClassLoader loader, String location, String history) {
    PGSimpleDataSource source = Maintenance.source(access);
    source.setSocketTimeout(Waiting.SECONDS * 2);
    try {
      Flyway.configure(loader)
          .dataSource(source)
          .schemas(access.schema())
          .defaultSchema(access.schema())
          .locations(location)
          .table(history)
          .baselineOnMigrate(true)
          .baselineVersion("0")
          .validateMigrationNaming(true)
          .connectRetries(0)
          .load()
          .migrate();
    } catch (FlywayException e) {
      Optional<SQLException> away = away(e);
      if (away.isPresent()) {
        throw new StoreUnavailable("cannot reach " + access + ": " + away.get().getMessage(), e);
      }
      throw e;
    }
  }

  private static Optional<SQLException> away(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql
          && sql.getSQLState() != null
          && (sql.getSQLState().startsWith("08") || sql.getSQLState().startsWith("57P"))) {
        return Optional.of(sql);
      }
    }
    return Optional.empty();
  }
}
