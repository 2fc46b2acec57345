package io.busbar.oscp;

import java.time.Instant;
import java.util.Optional;

/**
 * A message that is kept until it is delivered.
 *
 * @param connectionId the connection
 * @param queue messages of one queue go out in order
 * @param action what it is about
 * @param requestId its id, the same each time it is sent
 * @param correlationId the message it answers
 * @param body JSON
 * @param label what it is, for people
 * @param createdAt when it was kept
 */
record Outgoing(
    String connectionId,
    Queue queue,
    Action action,
    String requestId,
    Optional<String> correlationId,
    String body,
    String label,
    Instant createdAt) {

  /** Messages of one queue go out in order. */
  enum Queue {
    MEASUREMENTS,
    NOTICES
  }
}
