package io.busbar.api.balancing;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Who wanted and got what, in watts.
 *
 * @param requestedWatts sum of what connectors want
 * @param allocatedWatts sum of what they got
 * @param uncontrolledWatts sum of what the site draws besides
 * @param byNode every node, parents before children
 */
public record AllocationSummary(
    int requestedWatts, int allocatedWatts, int uncontrolledWatts, List<NodeAllocation> byNode) {

  public AllocationSummary {
    byNode = List.copyOf(byNode);
  }

  /** Value of {@code binding_constraint_ref} of a connector that got all it wanted. */
  public static final String DEMAND_MET = "DEMAND_MET";

  /**
   * One node.
   *
   * @param nodeId the node
   * @param requestedWatts what the connectors at or below it want
   * @param allocatedWatts what they got
   * @param uncontrolledWatts other load at or below it
   * @param measuredWatts effective demand at the node, where known
   * @param limitWatts effective limit on consumption; under a net limit the generation that may be
   *     set off comes on top; absent when nothing bounds it
   * @param bindingConstraintRef of a connector: {@code DEMAND_MET}, or what stopped it, as {@code
   *     node-limit:ID}, {@code envelope:ID}, {@code fail-safe:SOURCE}, {@code ramp:NODE_ID}, {@code
   *     rating:NODE_ID} or {@code min-off:NODE_ID}; of another node: present when it is full
   * @param bindingNodeId the node that carries what stopped it
   * @param sourceMode whether its demand was measured
   */
  public record NodeAllocation(
      UUID nodeId,
      int requestedWatts,
      int allocatedWatts,
      int uncontrolledWatts,
      OptionalInt measuredWatts,
      OptionalInt limitWatts,
      Optional<String> bindingConstraintRef,
      Optional<UUID> bindingNodeId,
      SourceMode sourceMode) {

    /** The same, stopped by another constraint. */
    public NodeAllocation stoppedBy(Optional<String> constraintRef, Optional<UUID> stoppedAt) {
      return new NodeAllocation(
          nodeId,
          requestedWatts,
          allocatedWatts,
          uncontrolledWatts,
          measuredWatts,
          limitWatts,
          constraintRef,
          stoppedAt,
          sourceMode);
    }
  }
}
