package io.busbar.api;

/**
 * Where a plugin stores: PostgreSQL, one schema of its own.
 *
 * @param host host name or address
 * @param port TCP port
 * @param database database name
 * @param user user name
 * @param password password, never logged
 * @param schema the plugin's own schema; it reads and writes no other
 */
public record DatabaseAccess(
    String host, int port, String database, String user, String password, String schema) {

  @Override
  public String toString() {
    return "postgresql://%s@%s:%d/%s (schema %s)".formatted(user, host, port, database, schema);
  }
}
