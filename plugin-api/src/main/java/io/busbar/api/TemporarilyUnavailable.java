package io.busbar.api;

/**
 * Something outside that a plugin needs cannot be reached now. Thrown while a plugin starts, it is
 * no reason to refuse the start of the whole: the kernel names it in health and tries again, less
 * and less often.
 */
public class TemporarilyUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public TemporarilyUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
