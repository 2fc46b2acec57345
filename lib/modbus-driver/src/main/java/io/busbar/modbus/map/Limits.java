package io.busbar.modbus.map;

import io.busbar.modbus.lane.LaneRules;
import java.time.Duration;

/**
 * What a device puts up with.
 *
 * @param maxReadRegisters most registers in one request
 * @param joinsRegisters whether neighbouring registers may be read together
 * @param gapMillis pause between an answer and the next request
 * @param writeGapMillis pause between two writes
 * @param timeoutMillis time for an answer
 * @param pauseFloorSeconds first pause after a failure
 * @param pauseCeilingSeconds longest pause
 * @param pollMillis usual time between two polls
 */
public record Limits(
    int maxReadRegisters,
    boolean joinsRegisters,
    int gapMillis,
    int writeGapMillis,
    int timeoutMillis,
    int pauseFloorSeconds,
    int pauseCeilingSeconds,
    int pollMillis) {

  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration PROBE = Duration.ofMillis(300);

  /** The rules of a connection to such a device. */
  public LaneRules laneRules() {
    Duration timeout = Duration.ofMillis(timeoutMillis);
    return new LaneRules(
        CONNECT,
        timeout,
        PROBE.compareTo(timeout) < 0 ? PROBE : timeout,
        Duration.ofMillis(gapMillis),
        Duration.ofSeconds(pauseFloorSeconds),
        Duration.ofSeconds(pauseCeilingSeconds));
  }
}
