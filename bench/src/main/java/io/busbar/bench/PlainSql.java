package io.busbar.bench;

import io.busbar.api.DatabaseAccess;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The least that anything stored can cost: a bare round trip, and one row that is committed. */
final class PlainSql implements AutoCloseable {

  private final Connection connection;
  private final PreparedStatement roundTrip;
  private final PreparedStatement commit;

  PlainSql(DatabaseAccess access) {
    String url =
        "jdbc:postgresql://%s:%d/%s?prepareThreshold=1"
            .formatted(access.host(), access.port(), access.database());
    try {
      connection = DriverManager.getConnection(url, access.user(), access.password());
      try (var statement = connection.createStatement()) {
        statement.execute("create table plain (id int primary key, value bigint not null)");
        statement.execute("insert into plain values (1, 0)");
      }
      roundTrip = connection.prepareStatement("select 1");
      commit = connection.prepareStatement("update plain set value = value + 1 where id = 1");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void roundTrip() {
    run(roundTrip);
  }

  void commit() {
    run(commit);
  }

  private static void run(PreparedStatement statement) {
    try {
      statement.execute();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
