package io.busbar.capability;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;

/**
 * A message that could not become a status.
 *
 * @param receivedAt when it came
 * @param door through which
 * @param address topic it came on
 * @param reason stable machine name
 * @param message what was wrong
 * @param payload the first {@link #KEPT} bytes
 * @param payloadBytes how many there were
 */
record DeadLetter(
    Instant receivedAt,
    String door,
    String address,
    String reason,
    String message,
    Buffer payload,
    int payloadBytes) {

  /** So much of a payload is kept. */
  static final int KEPT = 4096;

  static DeadLetter of(
      Instant receivedAt, String door, String address, Malformed problem, Buffer payload) {
    return new DeadLetter(
        receivedAt,
        door,
        printable(address),
        problem.reason(),
        printable(problem.getMessage()),
        payload.getBuffer(0, Math.min(KEPT, payload.length())), // a slice would keep all of it
        payload.length());
  }

  /** Roughly the memory it takes while it waits to be stored, in bytes. */
  int weight() {
    return payload.length() + 2 * (address.length() + message.length());
  }

  /** PostgreSQL's text knows no NUL. */
  private static String printable(String text) {
    String kept = text.length() > KEPT ? text.substring(0, KEPT) : text;
    return kept.replace('\0', '\uFFFD');
  }
}
