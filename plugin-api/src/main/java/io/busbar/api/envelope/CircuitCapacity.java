package io.busbar.api.envelope;

import java.time.Instant;
import java.util.UUID;

/**
 * What a feeder circuit can carry now, for consumers that know circuits only.
 *
 * @param circuitId the circuit asset
 * @param microgridId the microgrid
 * @param nodeId the managed grid connection
 * @param defaultCapacityWatts its rating
 * @param failSafeCapacityWatts what it may carry when too little is known
 * @param effectiveCapacityWatts what it may carry now
 * @param source what that comes from: {@code default}, {@code node-limit:ID}, {@code envelope:ID}
 *     or {@code fail-safe:CONTROL_POINT_ID}
 * @param trigger what made it be computed last
 * @param computedAt when that was
 */
public record CircuitCapacity(
    UUID circuitId,
    UUID microgridId,
    UUID nodeId,
    int defaultCapacityWatts,
    int failSafeCapacityWatts,
    int effectiveCapacityWatts,
    String source,
    Trigger trigger,
    Instant computedAt) {

  /** What makes a capacity be computed. */
  public enum Trigger {
    /** An envelope or a source was submitted, changed or withdrawn. */
    ENVELOPE_CHANGE,
    /** A boundary in time was reached. */
    ENVELOPE_LIFECYCLE,
    /** A cycle begins. */
    REBALANCE_GUARD
  }
}
