package io.busbar.simulator;

import java.util.UUID;

/** Something at a node that is no charger: a building, or a PV array (negative watts). */
interface BackgroundLoad {

  UUID nodeId();

  /** Power at a second in watts, constant within its minute; consumption positive. */
  int watts(long epochSecond);

  /** Seconds until the power may change. */
  default long steadyFor(long epochSecond) {
    return 60 - Math.floorMod(epochSecond, 60L);
  }
}
