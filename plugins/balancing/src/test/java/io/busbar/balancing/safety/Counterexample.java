package io.busbar.balancing.safety;

/** Thrown by a run in which something happened that must not. */
final class Counterexample extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What kind of thing it was; a smaller plan has to come to the same. */
  private final String kind;

  Counterexample(String kind, String message) {
    super(kind + ": " + message);
    this.kind = kind;
  }

  Counterexample(String kind, Throwable cause) {
    super(kind + ": " + cause, cause);
    this.kind = kind;
  }

  String kind() {
    return kind;
  }
}
