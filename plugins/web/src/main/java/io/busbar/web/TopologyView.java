package io.busbar.web;

import io.busbar.api.balancing.AllocationSummary.NodeAllocation;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.topology.Meter;
import io.busbar.api.topology.Microgrid;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.TopologySnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The tree with what balancing says of each node.
 *
 * @param microgrid name, ids and version
 * @param nodes parents before children
 * @param limits all limits
 * @param meters metering points
 */
record TopologyView(
    Microgrid microgrid, List<Node> nodes, List<NodeLimit> limits, List<Meter> meters) {

  /** A node and, where a cycle has decided on it, what it wanted and got. */
  record Node(MicrogridNode node, Optional<NodeAllocation> allocation) {}

  static TopologyView of(TopologySnapshot tree, Optional<CycleResult> lastCycle) {
    Map<UUID, NodeAllocation> byNode = new HashMap<>();
    lastCycle.ifPresent(
        cycle -> cycle.allocationSummary().byNode().forEach(n -> byNode.put(n.nodeId(), n)));
    return new TopologyView(
        tree.microgrid(),
        tree.nodes().stream()
            .map(node -> new Node(node, Optional.ofNullable(byNode.get(node.nodeId()))))
            .toList(),
        tree.limits(),
        tree.meters());
  }
}
