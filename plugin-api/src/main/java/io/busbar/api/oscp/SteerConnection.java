package io.busbar.api.oscp;

/**
 * Steers a connection.
 *
 * @param connectionId the connection
 * @param order what to do
 * @param actor who asks
 * @param correlationId ties it to what caused it
 */
public record SteerConnection(
    String connectionId, Order order, String actor, String correlationId) {

  /** What to do. */
  public enum Order {
    /** Send the first register, where this side begins. */
    REGISTER,
    /** Start a handshake. */
    HANDSHAKE,
    /** End the relation; fallback limits count from then on. */
    DEREGISTER,
    /** Give a connection that ended back to the site's own limits. */
    RELEASE
  }
}
