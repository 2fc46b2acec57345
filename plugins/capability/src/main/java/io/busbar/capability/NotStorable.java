package io.busbar.capability;

/** The database refuses what it was given, and always will. */
final class NotStorable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotStorable(Throwable cause) {
    super(cause.getMessage(), cause);
  }
}
