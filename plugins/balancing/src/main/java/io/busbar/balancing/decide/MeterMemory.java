package io.busbar.balancing.decide;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * What is to be remembered of a meter until the next cycle.
 *
 * @param lastGoodWatts the uncontrolled load below it when it was last heard of
 * @param assumedWatts the uncontrolled load that a fallback derived when it began; absent while
 *     none lasts
 * @param rise the largest recent rise of that load
 */
public record MeterMemory(int lastGoodWatts, OptionalInt assumedWatts, Rise rise) {

  /** Nothing known yet. */
  public static final MeterMemory NONE = new MeterMemory(0, OptionalInt.empty(), Rise.NONE);

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
  }
}
