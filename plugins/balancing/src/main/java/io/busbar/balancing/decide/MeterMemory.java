package io.busbar.balancing.decide;

import java.util.OptionalInt;

/**
 * What is to be remembered of a meter until the next cycle.
 *
 * @param lastGoodWatts the uncontrolled load below it when it was last heard of
 * @param assumedWatts the uncontrolled load that a fallback derived when it began; absent while
 *     none lasts
 */
public record MeterMemory(int lastGoodWatts, OptionalInt assumedWatts) {

  /** Nothing known yet. */
  public static final MeterMemory NONE = new MeterMemory(0, OptionalInt.empty());
}
