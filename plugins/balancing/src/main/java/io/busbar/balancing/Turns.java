package io.busbar.balancing;

import java.time.Duration;
import java.time.Instant;

/**
 * Whose turn it is to be admitted. First who is charging within the minimum on-time, then who has
 * waited longest, last who has been charging beyond it, the shortest first: so everybody gets a
 * turn and nobody is switched off soon after being switched on. Ties go by the order of the tree.
 */
final class Turns {

  private static final long CLASS = 1L << 40;

  private final Duration minOnTime;
  private final Instant[] waitingSince;
  private final Instant[] chargingSince;

  Turns(int connectors, Duration minOnTime) {
    this.minOnTime = minOnTime;
    this.waitingSince = new Instant[connectors];
    this.chargingSince = new Instant[connectors];
  }

  /** Takes over one connector's turn from another version of the tree. */
  void adopt(int connector, Turns before, int connectorBefore) {
    waitingSince[connector] = before.waitingSince[connectorBefore];
    chargingSince[connector] = before.chargingSince[connectorBefore];
  }

  /** Place of a connector that wants something; smaller goes first. */
  long rank(int connector, Instant now) {
    Instant charging = chargingSince[connector];
    if (charging != null) {
      long seconds = charging.getEpochSecond();
      return charging.plus(minOnTime).isAfter(now) ? seconds : 2 * CLASS + (CLASS / 2 - seconds);
    }
    Instant waiting = waitingSince[connector];
    return CLASS + (waiting == null ? now : waiting).getEpochSecond();
  }

  /** Remembers what a connector got. */
  void decided(int connector, boolean wants, int watts, Instant now) {
    if (watts > 0) {
      chargingSince[connector] = chargingSince[connector] == null ? now : chargingSince[connector];
      waitingSince[connector] = null;
    } else if (wants) {
      waitingSince[connector] = waitingSince[connector] == null ? now : waitingSince[connector];
      chargingSince[connector] = null;
    } else {
      waitingSince[connector] = null;
      chargingSince[connector] = null;
    }
  }
}
