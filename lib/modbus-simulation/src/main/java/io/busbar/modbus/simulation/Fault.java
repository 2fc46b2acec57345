package io.busbar.modbus.simulation;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

  private static final int LAST_EXCEPTION = 11;

  /** Every way to misbehave, answers that are late by 3 and by 30 seconds, and every exception. */
  public static Stream<Fault> all() {
    Stream<Fault> kinds =
        Arrays.stream(Kind.values())
            .filter(kind -> kind != Kind.NONE && kind != Kind.DELAY && kind != Kind.EXCEPTION)
            .map(Fault::of);
    Stream<Fault> delays = Stream.of(delay(3_000), delay(30_000));
    Stream<Fault> exceptions = IntStream.rangeClosed(1, LAST_EXCEPTION).mapToObj(Fault::exception);
    return Stream.of(kinds, delays, exceptions).flatMap(each -> each);
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
