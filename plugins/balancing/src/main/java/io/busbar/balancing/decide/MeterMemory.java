package io.busbar.balancing.decide;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is to be remembered of a meter or a power source until the next cycle.
 *
 * @param lastGoodWatts the load when it was last believed: of a meter the uncontrolled load below
 *     it, of a source what it takes, negative while it feeds in
 * @param goodAt when that was read from the device
 * @param assumedWatts the uncontrolled load that a fallback derived when it began; absent while
 *     none lasts
 * @param rise the largest recent rise of that load
 * @param doubtedAt when a jump was read from the device that a second reading has yet to confirm
 */
public record MeterMemory(
    int lastGoodWatts,
    Instant goodAt,
    OptionalInt assumedWatts,
    Rise rise,
    Optional<Instant> doubtedAt) {

  /** Nothing known yet. */
  public static final MeterMemory NONE =
      new MeterMemory(0, Instant.EPOCH, OptionalInt.empty(), Rise.NONE, Optional.empty());

  /** A load that was believed. */
  static MeterMemory of(int watts, Instant readAt, Rise rise) {
    return new MeterMemory(watts, readAt, OptionalInt.empty(), rise, Optional.empty());
  }

  /** The same, while something else is assumed, or nothing. */
  MeterMemory assuming(OptionalInt watts) {
    return new MeterMemory(lastGoodWatts, goodAt, watts, rise, Optional.empty());
  }

  /** The same, while a reading that differs too much waits for a second one. */
  MeterMemory doubting(Instant readAt) {
    return new MeterMemory(
        lastGoodWatts, goodAt, OptionalInt.empty(), rise, doubtedAt.or(() -> Optional.of(readAt)));
  }

  /** Whether it was ever believed. */
  boolean isKnown() {
    return goodAt.isAfter(Instant.EPOCH);
  }

  /**
   * By how much a load rose from one cycle to the next; as much is kept free, because it may do so
   * again before anything can be lowered.
   *
   * @param watts 0 or more
   * @param at when it was seen
   */
  public record Rise(int watts, Instant at) {

    /** None was seen. */
    public static final Rise NONE = new Rise(0, Instant.EPOCH);

    /** This one while it is remembered and larger, else a new one. */
    Rise or(int risen, Instant now, Duration remembered) {
      boolean lasts = at.plus(remembered).isAfter(now);
      return lasts && risen < watts ? this : new Rise(risen, now);
    }
  }
}
