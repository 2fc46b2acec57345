package io.busbar.api.oscp;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reply to {@link GetConnection}. */
public sealed interface ConnectionReply {

  /** The connection and its last messages, newest first. */
  record Found(ConnectionState connection, List<Exchange> exchanges) implements ConnectionReply {
    public Found {
      exchanges = List.copyOf(exchanges);
    }
  }

  /** There is no such connection. */
  record NotFound(String connectionId) implements ConnectionReply {}

  /**
   * A message that went in or out.
   *
   * @param at when
   * @param inbound whether it came from the partner
   * @param method HTTP method
   * @param action last part of the path
   * @param requestId its id; absent when it had none
   * @param correlationId the message it answers
   * @param status HTTP status of the answer; 0 when there was none
   * @param remark what the answer said, or why there was none
   * @param body what was sent, secrets masked, shortened
   */
  record Exchange(
      Instant at,
      boolean inbound,
      String method,
      String action,
      Optional<String> requestId,
      Optional<String> correlationId,
      int status,
      String remark,
      String body) {}
}
