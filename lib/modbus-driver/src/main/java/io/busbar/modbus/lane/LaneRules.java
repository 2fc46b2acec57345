package io.busbar.modbus.lane;

import java.time.Duration;

/**
 * How a device wants to be spoken to.
 *
 * @param connectTimeout time for a connection
 * @param requestTimeout time for a whole answer
 * @param probeTimeout time for the answer of a unit that was silent, where others share the
 *     connection
 * @param gap pause between an answer and the next request
 * @param pauseFloor first pause after a failure; each further one doubles it
 * @param pauseCeiling longest pause
 */
public record LaneRules(
    Duration connectTimeout,
    Duration requestTimeout,
    Duration probeTimeout,
    Duration gap,
    Duration pauseFloor,
    Duration pauseCeiling) {

  public LaneRules {
    if (pauseFloor.compareTo(pauseCeiling) > 0) {
      throw new IllegalArgumentException(
          "first pause %s is longer than the longest, %s".formatted(pauseFloor, pauseCeiling));
    }
  }

  /** For devices of which nothing special is known. */
  public static LaneRules usual() {
    return new LaneRules(
        Duration.ofSeconds(2),
        Duration.ofSeconds(1),
        Duration.ofMillis(300),
        Duration.ZERO,
        Duration.ofSeconds(1),
        Duration.ofSeconds(60));
  }
}
