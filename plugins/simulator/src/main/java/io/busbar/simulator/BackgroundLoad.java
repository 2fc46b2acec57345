package io.busbar.simulator;

import java.util.UUID;

/** Something at a node that is no charger: a building, or a PV array (negative watts). */
interface BackgroundLoad {

  UUID nodeId();

  /** What its noise follows from, and when within a minute it changes. */
  long seed();

  /** Power at a second in watts, constant within its minute; consumption positive. */
  int watts(long epochSecond);

  /**
   * The minute that a second belongs to. Minutes of different loads begin at different seconds, as
   * loads know nothing of each other nor of when they are measured.
   */
  default long minute(long epochSecond) {
    return Math.floorDiv(epochSecond - phase(), 60L);
  }

  /** Seconds until the power may change. */
  default long steadyFor(long epochSecond) {
    return 60 - Math.floorMod(epochSecond - phase(), 60L);
  }

  private long phase() {
    return Math.floorMod(seed() * 0x9E3779B97F4A7C15L >>> 32, 60L);
  }
}
