package io.busbar.api.topology;

import io.busbar.api.topology.ControlPoint.CapabilityType;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.MicrogridNode.Status;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Asks for a set of nodes, wherever they stand. An empty set does not narrow.
 *
 * @param types only these types
 * @param statuses only these statuses
 * @param capabilities only nodes with an enabled control point of one of these at or above them
 * @param under only nodes below this one
 */
public record QueryNodes(
    Set<NodeType> types,
    Set<Status> statuses,
    Set<CapabilityType> capabilities,
    Optional<UUID> under) {
  public QueryNodes {
    types = Set.copyOf(types);
    statuses = Set.copyOf(statuses);
    capabilities = Set.copyOf(capabilities);
  }
}
