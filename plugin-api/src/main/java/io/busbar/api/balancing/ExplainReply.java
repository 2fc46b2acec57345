package io.busbar.api.balancing;

import io.busbar.api.topology.NodeLimit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Reply to {@link Explain}. */
public sealed interface ExplainReply {

  /**
   * Why.
   *
   * @param cycleId the cycle
   * @param startedAt when it decided
   * @param nodeId the node
   * @param requestedWatts what it wanted
   * @param allocatedWatts what it got
   * @param sourceMode whether its demand was measured
   * @param bindingConstraintRef what stopped it, or {@code DEMAND_MET}
   * @param bindingNodeId the node that carries it
   * @param path the node and its ancestors, upwards, last the whole site
   * @param sharedWith connectors that shared what bound it, ordered by tree position
   * @param sentence the same in one English sentence
   */
  record Explained(
      UUID cycleId,
      Instant startedAt,
      UUID nodeId,
      int requestedWatts,
      int allocatedWatts,
      SourceMode sourceMode,
      Optional<String> bindingConstraintRef,
      Optional<UUID> bindingNodeId,
      List<Step> path,
      List<Sharer> sharedWith,
      String sentence)
      implements ExplainReply {
    public Explained {
      path = List.copyOf(path);
      sharedWith = List.copyOf(sharedWith);
    }
  }

  /**
   * One node on the way up.
   *
   * @param nodeId the node; absent for the whole site
   * @param name its name
   * @param limitRef its limit; absent when it has none
   * @param limitSource where the limit comes from; absent when it has none, or it is from outside
   * @param limitWatts the limit
   * @param allocatedWatts what connectors below it got
   * @param uncontrolledWatts other load below it
   * @param usedWatts both together
   * @param headroomWatts what is left; absent without a limit
   * @param measuredWatts effective demand there, where known
   * @param sourceMode whether that was measured or derived; absent for the whole site
   * @param binds whether this one stopped the node
   */
  record Step(
      Optional<UUID> nodeId,
      String name,
      Optional<String> limitRef,
      Optional<NodeLimit.SourceType> limitSource,
      OptionalInt limitWatts,
      int allocatedWatts,
      int uncontrolledWatts,
      int usedWatts,
      OptionalInt headroomWatts,
      OptionalInt measuredWatts,
      Optional<SourceMode> sourceMode,
      boolean binds) {}

  /** A connector that shares the binding node. */
  record Sharer(UUID nodeId, String name, int requestedWatts, int allocatedWatts) {}

  /** No such cycle is kept, or it does not know the node. */
  record NotFound(String message) implements ExplainReply {}
}
