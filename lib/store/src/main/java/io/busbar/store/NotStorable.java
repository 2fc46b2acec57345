package io.busbar.store;

/** The database refuses what it was given, and always will. */
public final class NotStorable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public NotStorable(Throwable cause) {
    super(cause.getMessage(), cause);
  }
}
