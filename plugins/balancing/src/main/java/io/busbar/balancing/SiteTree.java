package io.busbar.balancing;

import io.busbar.api.topology.AssetFacts;
import io.busbar.api.topology.Meter;
import io.busbar.api.topology.Microgrid;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.api.topology.TopologySnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A site's tree at one version, with nodes and connectors as indices. Index 0 is the microgrid
 * itself, which carries the aggregate cap; parents stand before children.
 */
final class SiteTree {

  static final int ROOT = 0;

  private final Microgrid microgrid;
  private final MicrogridNode[] nodes;
  private final int[] parent;
  private final double[] limit;
  private final String[] limitRef;
  private final Meter[] meter;
  private final Map<UUID, Integer> indexOf = new HashMap<>();
  private final List<Connector> connectors = new ArrayList<>();
  private final int[] connectorAt;

  /**
   * A connector.
   *
   * @param index among the connectors
   * @param node its node's index
   * @param nodeId its node
   * @param ratedWatts most it can give
   * @param minWatts least above 0
   * @param failSafeWatts what it allows by itself when set-points stop
   * @param watchdogSeconds how long it keeps a set-point
   * @param usable whether it and everything above it is ACTIVE
   */
  record Connector(
      int index,
      int node,
      UUID nodeId,
      int ratedWatts,
      int minWatts,
      int failSafeWatts,
      int watchdogSeconds,
      boolean usable) {}

  SiteTree(TopologySnapshot snapshot) {
    microgrid = snapshot.microgrid();
    int count = snapshot.nodes().size() + 1;
    nodes = new MicrogridNode[count];
    parent = new int[count];
    limit = new double[count];
    limitRef = new String[count];
    meter = new Meter[count];
    connectorAt = new int[count];
    boolean[] active = new boolean[count];
    parent[ROOT] = -1;
    active[ROOT] = true;
    java.util.Arrays.fill(limit, Double.POSITIVE_INFINITY);
    java.util.Arrays.fill(connectorAt, -1);
    int index = 1;
    for (MicrogridNode node : snapshot.nodes()) {
      nodes[index] = node;
      indexOf.put(node.nodeId(), index);
      parent[index] = node.parentNodeId().map(indexOf::get).orElse(ROOT);
      active[index] = active[parent[index]] && node.status() == MicrogridNode.Status.ACTIVE;
      if (node.nodeType() == NodeType.CONNECTOR) {
        addConnector(index, node, active[index]);
      }
      index++;
    }
    snapshot.limits().forEach(this::addLimit);
    snapshot.meters().forEach(m -> meter[indexOf.get(m.nodeId())] = m);
  }

  private void addConnector(int index, MicrogridNode node, boolean usable) {
    AssetFacts asset = node.asset().orElseThrow();
    AssetFacts.ConnectorFacts facts = asset.connector().orElseThrow();
    connectorAt[index] = connectors.size();
    connectors.add(
        new Connector(
            connectors.size(),
            index,
            node.nodeId(),
            asset.ratedWatts(),
            facts.minWatts(),
            asset.failSafeWatts().orElse(0),
            facts.watchdogSeconds(),
            usable));
  }

  private void addLimit(NodeLimit added) {
    boolean binds =
        added.status() == NodeLimit.Status.ACTIVE
            && added.constraintType() == ConstraintType.CONSUMPTION_CAP;
    if (binds) {
      int index = added.nodeId().map(indexOf::get).orElse(ROOT);
      if (added.limitWatts() < limit[index]) {
        limit[index] = added.limitWatts();
        limitRef[index] = "node-limit:" + added.nodeLimitId();
      }
    }
  }

  Microgrid microgrid() {
    return microgrid;
  }

  /** Nodes, the microgrid itself included. */
  int size() {
    return nodes.length;
  }

  /** The node at an index above 0. */
  MicrogridNode node(int index) {
    return nodes[index];
  }

  int parent(int index) {
    return parent[index];
  }

  int[] parents() {
    return parent;
  }

  /** Consumption limit in watts; infinite when nothing bounds the node. */
  double limit(int index) {
    return limit[index];
  }

  Optional<String> limitRef(int index) {
    return Optional.ofNullable(limitRef[index]);
  }

  Optional<Meter> meter(int index) {
    return Optional.ofNullable(meter[index]);
  }

  Optional<Integer> find(UUID nodeId) {
    return Optional.ofNullable(indexOf.get(nodeId));
  }

  List<Connector> connectors() {
    return connectors;
  }

  Optional<Connector> connectorAt(int node) {
    return connectorAt[node] < 0
        ? Optional.empty()
        : Optional.of(connectors.get(connectorAt[node]));
  }

  /** For people: the node's name, or the site's for index 0. */
  String name(int index) {
    return index == ROOT ? microgrid.name() : nodes[index].name();
  }

  boolean isBelow(int node, int ancestor) {
    for (int at = node; at >= 0; at = parent[at]) {
      if (at == ancestor) {
        return true;
      }
    }
    return false;
  }
}
