package io.busbar.kernel.plugins;

/** A jar that is no plugin, or cannot take part; the message says why and what to do. */
final class BadPlugin extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BadPlugin(String message) {
    super(message);
  }

  BadPlugin(String message, Throwable cause) {
    super(message, cause);
  }
}
