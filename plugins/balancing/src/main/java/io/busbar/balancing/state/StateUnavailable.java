package io.busbar.balancing.state;

/** Nothing can be kept at present; what was asked for was not done. */
final class StateUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StateUnavailable(String message) {
    super(message, null, false, false);
  }
}
