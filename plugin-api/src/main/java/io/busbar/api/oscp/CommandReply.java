package io.busbar.api.oscp;

/** Reply to what operators ask of a connection. */
public sealed interface CommandReply {

  /** It is kept and will be done; {@code requestId} names the message that goes out. */
  record Accepted(String requestId) implements CommandReply {}

  /** There is no such connection or group. */
  record NotFound(String what) implements CommandReply {}

  /**
   * Nothing is done.
   *
   * @param reasonCode {@code NOT_ALLOWED}, {@code STAGE}, {@code OPEN_ALREADY}, {@code INVALID} or
   *     {@code SWITCHED_OFF}
   * @param message what is wrong
   */
  record Refused(String reasonCode, String message) implements CommandReply {}
}
