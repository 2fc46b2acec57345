package io.busbar.api.compatibility;

import java.util.UUID;

/** Reply to {@link GetCircuit}. */
public sealed interface CircuitReply {

  /**
   * A circuit as older consumers see it.
   *
   * @param circuitId the circuit asset
   * @param microgridId what it belongs to
   * @param nodeId the node that stands for it
   * @param defaultCapacityWatts its rating
   * @param failSafeCapacityWatts what it may carry when too little is known
   * @param availableCapacityWatts what it may carry now
   * @param source what that comes from: {@code default}, {@code node-limit:ID}, {@code envelope:ID}
   *     or {@code fail-safe:CONTROL_POINT_ID}
   */
  record Found(
      UUID circuitId,
      UUID microgridId,
      UUID nodeId,
      int defaultCapacityWatts,
      int failSafeCapacityWatts,
      int availableCapacityWatts,
      String source)
      implements CircuitReply {}

  /**
   * The circuit could not be translated.
   *
   * @param reasonCode {@code CIRCUIT_ALIAS_NOT_RESOLVABLE}
   * @param message what is wrong
   */
  record Unresolvable(String reasonCode, String message) implements CircuitReply {}
}
