package io.busbar.api.oscp;

/**
 * Replaces a secret.
 *
 * @param connectionId the connection
 * @param name {@code initial_token}, {@code outbound_token}, {@code client_secret} or {@code
 *     header:NAME}
 * @param value the new secret
 * @param actor who replaces it
 * @param correlationId ties it to what caused it
 */
public record SetSecret(
    String connectionId, String name, String value, String actor, String correlationId) {

  @Override
  public String toString() {
    return "SetSecret[%s, %s, by %s]".formatted(connectionId, name, actor);
  }
}
