package io.busbar.kernel.database;

import io.busbar.api.DatabaseAccess;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;

/** Where plugins store. */
public interface Database extends AutoCloseable {

  /** A plugin's own schema; empty when this run keeps nothing. */
  Optional<DatabaseAccess> of(String plugin);

  /** Why it cannot be used right now; empty when it can. Takes at most a few seconds. */
  Optional<String> fault();

  /** Brings it back where that is in our hand. */
  default void revive() {}

  @Override
  default void close() {}

  /** Name of the schema that belongs to a plugin. */
  static String schemaOf(String plugin) {
    return plugin.replace('-', '_');
  }

  /** Asks the server a question that costs nothing. */
  static Optional<String> probe(DatabaseAccess access) {
    Properties properties = new Properties();
    properties.setProperty("user", access.user());
    properties.setProperty("password", access.password());
    properties.setProperty("connectTimeout", "3");
    properties.setProperty("socketTimeout", "3");
    String url =
        "jdbc:postgresql://%s:%d/%s".formatted(access.host(), access.port(), access.database());
    try (Connection connection = DriverManager.getConnection(url, properties)) {
      return connection.isValid(3) ? Optional.empty() : Optional.of("does not answer");
    } catch (SQLException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
