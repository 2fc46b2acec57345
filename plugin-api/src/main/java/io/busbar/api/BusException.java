package io.busbar.api;

/** A question that got no reply. A refusal is not one of these: it is a reply. */
public final class BusException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why there is no reply. */
  public enum Kind {
    /** Nobody answers at this address (now). */
    NO_ANSWERER,
    /** The answerer did not reply within the time the asker gave it. */
    TIMEOUT,
    /** The answerer threw; the message says what. */
    FAULT
  }

  private final Kind kind;

  public BusException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** Whether a question failed because nobody answers at its address (now). */
  public static boolean isAbsence(Throwable fault) {
    return fault instanceof BusException bus && bus.kind() == Kind.NO_ANSWERER;
  }
}
