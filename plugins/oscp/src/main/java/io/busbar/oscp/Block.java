package io.busbar.oscp;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A stretch of a forecast as the partner sent it.
 *
 * @param from begin, inclusive; later than received where something newer covers the beginning
 * @param to end, exclusive; likewise
 * @param capacity value, ≥ 0
 * @param phase which lines it is about
 * @param unit unit of the value
 * @param origin request id of the forecast
 * @param receivedFrom begin as it was sent
 * @param receivedTo end as it was sent
 */
record Block(
    Instant from,
    Instant to,
    BigDecimal capacity,
    Phase phase,
    Unit unit,
    String origin,
    Instant receivedFrom,
    Instant receivedTo) {

  /** Which lines a value is about. */
  enum Phase {
    UNKNOWN,
    ONE,
    TWO,
    THREE,
    ALL;

    /** Lines that are bound together: unknown ones count as all. */
    Phase bound() {
      return this == UNKNOWN ? ALL : this;
    }
  }

  /** Unit of a value. */
  enum Unit {
    A,
    W,
    KW,
    WH,
    KWH
  }

  static Block received(
      Instant from, Instant to, BigDecimal capacity, Phase phase, Unit unit, String origin) {
    return new Block(from, to, capacity, phase, unit, origin, from, to);
  }

  Block between(Instant begin, Instant end) {
    return new Block(begin, end, capacity, phase, unit, origin, receivedFrom, receivedTo);
  }

  Block of(String message) {
    return new Block(from, to, capacity, phase, unit, message, receivedFrom, receivedTo);
  }

  boolean covers(Instant at) {
    return !at.isBefore(from) && at.isBefore(to);
  }

  boolean overlaps(Block other) {
    return from.isBefore(other.to) && other.from.isBefore(to);
  }
}
