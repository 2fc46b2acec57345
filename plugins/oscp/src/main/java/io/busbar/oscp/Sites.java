package io.busbar.oscp;

import io.busbar.api.Bus;
import io.busbar.api.topology.GetSnapshot;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.api.topology.TopologySnapshot;
import io.busbar.oscp.ConnectionConfig.GroupBinding;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Which devices belong to a group: the connectors at and below its node, else the node itself. */
final class Sites {

  private final Bus bus;
  private final Map<UUID, List<MicrogridNode>> nodes = new ConcurrentHashMap<>();

  Sites(Bus bus) {
    this.bus = bus;
  }

  /** Asks topology for a site. */
  Future<Void> renew(UUID microgridId) {
    return bus.ask(TopologyAddresses.SNAPSHOT.at(microgridId), new GetSnapshot())
        .map(
            (TopologySnapshot snapshot) -> {
              nodes.put(microgridId, snapshot.nodes());
              return null;
            });
  }

  boolean isKnown(UUID microgridId) {
    return nodes.containsKey(microgridId);
  }

  /** Nodes whose energy is that of the group. */
  Set<UUID> devices(GroupBinding group) {
    Set<UUID> below = new HashSet<>(Set.of(group.nodeId()));
    List<MicrogridNode> site = nodes.getOrDefault(group.microgridId(), List.of());
    for (MicrogridNode node : site) { // parents come before children
      if (node.parentNodeId().filter(below::contains).isPresent()) {
        below.add(node.nodeId());
      }
    }
    Set<UUID> connectors =
        site.stream()
            .filter(node -> node.nodeType() == NodeType.CONNECTOR)
            .map(MicrogridNode::nodeId)
            .filter(below::contains)
            .collect(Collectors.toSet());
    return connectors.isEmpty() ? Set.of(group.nodeId()) : connectors;
  }
}
