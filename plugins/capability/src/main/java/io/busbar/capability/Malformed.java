package io.busbar.capability;

/** A message that is no status. */
final class Malformed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String reason;

  Malformed(String reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
