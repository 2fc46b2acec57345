package io.busbar.topology;

import io.busbar.api.topology.Meter;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.NodeLimit;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The tree of a site, with what binds and measures it.
 *
 * @param nodes parents before children, siblings in their order
 * @param limits aggregate limits, then those of the nodes in their order
 * @param meters in the order of the site file
 * @param byId the nodes; of two with one id, which no valid tree has, the first
 */
record Tree(
    List<MicrogridNode> nodes,
    List<NodeLimit> limits,
    List<Meter> meters,
    Map<UUID, MicrogridNode> byId) {

  static final Tree EMPTY = new Tree(List.of(), List.of(), List.of());

  Tree {
    nodes = List.copyOf(nodes);
    limits = List.copyOf(limits);
    meters = List.copyOf(meters);
  }

  Tree(List<MicrogridNode> nodes, List<NodeLimit> limits, List<Meter> meters) {
    this(nodes, limits, meters, index(nodes));
  }

  private static Map<UUID, MicrogridNode> index(List<MicrogridNode> nodes) {
    Map<UUID, MicrogridNode> byId = HashMap.newHashMap(nodes.size());
    nodes.forEach(node -> byId.putIfAbsent(node.nodeId(), node));
    return Collections.unmodifiableMap(byId);
  }

  /** The same nodes under other limits. */
  Tree limited(List<NodeLimit> other) {
    return with(other, meters);
  }

  Tree with(List<NodeLimit> otherLimits, List<Meter> otherMeters) {
    return new Tree(nodes, otherLimits, otherMeters, byId);
  }

  /** The same tree with its nodes in their order; as it is when something hangs from nowhere. */
  Tree ordered() {
    if (TreeOrder.isSorted(nodes)) {
      return this;
    }
    List<MicrogridNode> sorted = TreeOrder.sort(nodes);
    return sorted.size() == nodes.size() ? new Tree(sorted, limits, meters, byId) : this;
  }

  Optional<MicrogridNode> find(UUID nodeId) {
    return Optional.ofNullable(byId.get(nodeId));
  }
}
