package io.busbar.topology;

import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.AssetType;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.NodeLimit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What must hold of every tree and its limits, whatever wrote it: invariants 1 to 6 of the domain
 * model.
 */
final class TreeInvariants {

  /**
   * One invariant that does not hold.
   *
   * @param rule stable machine name
   * @param nodeId the offending node; absent when it is the whole tree
   * @param message what is wrong
   */
  record Violation(String rule, Optional<UUID> nodeId, String message) {}

  private final UUID microgridId;
  private final Tree tree;
  private final Map<UUID, MicrogridNode> nodes = new HashMap<>();
  private final List<Violation> violations = new ArrayList<>();

  private TreeInvariants(UUID microgridId, Tree tree) {
    this.microgridId = microgridId;
    this.tree = tree;
    tree.nodes().forEach(node -> nodes.putIfAbsent(node.nodeId(), node));
  }

  /** Every invariant that does not hold; empty for a valid tree. */
  static List<Violation> check(UUID microgridId, Tree tree) {
    TreeInvariants invariants = new TreeInvariants(microgridId, tree);
    invariants.checkNodes();
    invariants.checkLimits();
    return List.copyOf(invariants.violations);
  }

  private void checkNodes() {
    Set<UUID> assets = new HashSet<>();
    Set<UUID> ids = new HashSet<>();
    for (MicrogridNode node : tree.nodes()) {
      if (!ids.add(node.nodeId())) {
        report("DUPLICATE_NODE", node, "is there twice");
      }
      checkPlace(node);
      checkAsset(node, assets);
    }
    boolean connected =
        tree.nodes().stream()
            .anyMatch(n -> n.parentNodeId().isEmpty() && n.nodeType() == NodeType.GRID_CONNECTION);
    if (!connected) {
      violations.add(
          new Violation("NO_GRID_CONNECTION", Optional.empty(), "no GRID_CONNECTION at the top"));
    }
  }

  private void checkPlace(MicrogridNode node) {
    if (!node.microgridId().equals(microgridId)) {
      report("FOREIGN_NODE", node, "belongs to microgrid " + node.microgridId());
    }
    if (node.parentNodeId().isEmpty()) {
      if (node.nodeType() != NodeType.GRID_CONNECTION) {
        report("NESTING", node, node.nodeType() + " on the first level");
      }
      return;
    }
    MicrogridNode parent = nodes.get(node.parentNodeId().get());
    if (parent == null) {
      report("ORPHAN", node, "its parent " + node.parentNodeId().get() + " does not exist");
    } else if (!parent.microgridId().equals(node.microgridId())) {
      report("FOREIGN_PARENT", node, "its parent belongs to microgrid " + parent.microgridId());
    } else if (!mayHold(parent.nodeType()).contains(node.nodeType())) {
      report("NESTING", node, node.nodeType() + " under " + parent.nodeType());
    } else if (isInCycle(node)) {
      report("CYCLE", node, "is its own ancestor");
    }
  }

  private static Set<NodeType> mayHold(NodeType parent) {
    return switch (parent) {
      case GRID_CONNECTION, CIRCUIT, VIRTUAL ->
          EnumSet.of(
              NodeType.CIRCUIT, NodeType.CHARGE_POINT, NodeType.POWER_SOURCE, NodeType.VIRTUAL);
      case CHARGE_POINT -> EnumSet.of(NodeType.CONNECTOR);
      case CONNECTOR, POWER_SOURCE -> EnumSet.noneOf(NodeType.class);
    };
  }

  private boolean isInCycle(MicrogridNode node) {
    Set<UUID> path = new HashSet<>();
    MicrogridNode current = node;
    while (current != null && path.add(current.nodeId())) {
      current = current.parentNodeId().map(nodes::get).orElse(null);
    }
    return current != null && current.nodeId().equals(node.nodeId());
  }

  private void checkAsset(MicrogridNode node, Set<UUID> assets) {
    if (!node.attachedAssetType().equals(assetTypeOf(node.nodeType()))) {
      report("ASSET_TYPE", node, node.nodeType() + " refers to " + node.attachedAssetType());
    }
    if (node.attachedAssetId().isPresent() != node.attachedAssetType().isPresent()) {
      report("ASSET_TYPE", node, "needs both type and id of its asset, or neither");
    }
    if (node.attachedAssetId().filter(asset -> !assets.add(asset)).isPresent()) {
      report("DUPLICATE_ASSET", node, "another node refers to the same asset");
    }
  }

  private static Optional<AssetType> assetTypeOf(NodeType type) {
    return switch (type) {
      case GRID_CONNECTION, CIRCUIT -> Optional.of(AssetType.CIRCUIT);
      case CHARGE_POINT -> Optional.of(AssetType.CHARGE_POINT);
      case CONNECTOR -> Optional.of(AssetType.CONNECTOR);
      case POWER_SOURCE -> Optional.of(AssetType.POWER_SOURCE);
      case VIRTUAL -> Optional.empty();
    };
  }

  private void checkLimits() {
    record Bound(Optional<UUID> nodeId, NodeLimit.ConstraintType type) {}
    Set<Bound> active = new HashSet<>();
    for (NodeLimit limit : tree.limits()) {
      Optional<UUID> at = limit.nodeId();
      if (at.isPresent() && !nodes.containsKey(at.get())) {
        violations.add(
            new Violation("LIMIT_WITHOUT_NODE", at, "a limit on a node that is not there"));
      }
      if (limit.limitWatts() < 0) {
        violations.add(new Violation("NEGATIVE_LIMIT", at, limit.limitWatts() + " W"));
      }
      if (limit.status() == NodeLimit.Status.ACTIVE
          && !active.add(new Bound(at, limit.constraintType()))) {
        violations.add(
            new Violation("TWO_ACTIVE_LIMITS", at, "two active limits " + limit.constraintType()));
      }
    }
  }

  private void report(String rule, MicrogridNode node, String message) {
    violations.add(
        new Violation(
            rule,
            Optional.of(node.nodeId()),
            "%s '%s': %s".formatted(node.nodeType(), node.name(), message)));
  }
}
