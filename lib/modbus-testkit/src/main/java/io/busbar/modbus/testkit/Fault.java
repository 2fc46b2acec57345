package io.busbar.modbus.testkit;

/**
 * How a simulated device misbehaves.
 *
 * @param kind in which way
 * @param value milliseconds of a delay, or code of an exception; otherwise of no meaning
 */
public record Fault(Kind kind, int value) {

  /** Nothing is wrong. */
  public static final Fault NONE = new Fault(Kind.NONE, 0);

  /** Ways to misbehave. */
  public enum Kind {
    NONE,
    /** Takes requests and never answers, as behind a connection that is half open. */
    SILENT,
    /** Answers late. */
    DELAY,
    /** Resets the connection instead of answering. */
    RESET,
    /** Takes no connections, and ends those that are there. */
    REFUSE,
    /** Answers every request with an exception. */
    EXCEPTION,
    /** Answers with bytes that are no Modbus. */
    GARBAGE,
    WRONG_UNIT,
    WRONG_TRANSACTION,
    /** Sends half an answer. */
    PARTIAL,
    /** Sends one byte at a time, slowly. */
    DRIP,
    /** Sends every answer twice. */
    DUPLICATE,
    /** Sends the right frame with the words of numbers moved by a byte. */
    BYTE_SLIP
  }

  public static Fault of(Kind kind) {
    return new Fault(kind, 0);
  }

  public static Fault delay(int millis) {
    return new Fault(Kind.DELAY, millis);
  }

  public static Fault exception(int code) {
    return new Fault(Kind.EXCEPTION, code);
  }
}
