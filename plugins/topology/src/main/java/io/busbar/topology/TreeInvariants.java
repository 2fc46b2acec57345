package io.busbar.topology;

import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.AssetType;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.Violation;
import java.util.ArrayList;
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

  /** Knows to which microgrid a node belongs that is not in the tree. */
  interface Owners {
    Optional<UUID> of(UUID nodeId);
  }

  private final UUID microgridId;
  private final Owners owners;
  private final Tree tree;
  private final Map<UUID, MicrogridNode> nodes;
  private final List<Violation> violations = new ArrayList<>();

  private TreeInvariants(UUID microgridId, Tree tree, Owners owners) {
    this.microgridId = microgridId;
    this.owners = owners;
    this.tree = tree;
    this.nodes = tree.byId();
  }

  /** Every invariant that does not hold; empty for a valid tree. */
  static List<Violation> check(UUID microgridId, Tree tree, Owners owners) {
    TreeInvariants invariants = new TreeInvariants(microgridId, tree, owners);
    invariants.checkNodes();
    invariants.checkLimits();
    return List.copyOf(invariants.violations);
  }

  private void checkNodes() {
    Set<UUID> assets = HashSet.newHashSet(nodes.size());
    for (MicrogridNode node : tree.nodes()) {
      checkPlace(node);
      checkAsset(node, assets);
    }
    if (!TreeOrder.isSorted(tree.nodes())) {
      checkCycles();
    }
    checkDuplicates();
    boolean connected =
        tree.nodes().stream()
            .anyMatch(n -> n.parentNodeId().isEmpty() && n.nodeType() == NodeType.GRID_CONNECTION);
    if (!connected) {
      violations.add(
          new Violation("NO_GRID_CONNECTION", Optional.empty(), "no GRID_CONNECTION at the top"));
    }
  }

  private void checkDuplicates() {
    if (nodes.size() < tree.nodes().size()) {
      Set<UUID> ids = new HashSet<>();
      tree.nodes().stream()
          .filter(node -> !ids.add(node.nodeId()))
          .forEach(node -> report("DUPLICATE_NODE", node, "is there twice"));
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
    UUID parentId = node.parentNodeId().get();
    MicrogridNode parent = nodes.get(parentId);
    if (parent == null) {
      reportMissingParent(node, parentId);
    } else if (!parent.microgridId().equals(node.microgridId())) {
      report("FOREIGN_PARENT", node, "its parent belongs to microgrid " + parent.microgridId());
    } else if (!mayHold(parent.nodeType()).contains(node.nodeType())) {
      report("NESTING", node, node.nodeType() + " under " + parent.nodeType());
    }
  }

  private void reportMissingParent(MicrogridNode node, UUID parentId) {
    owners
        .of(parentId)
        .filter(owner -> !owner.equals(microgridId))
        .ifPresentOrElse(
            owner ->
                report(
                    "FOREIGN_PARENT",
                    node,
                    "its parent %s belongs to microgrid %s".formatted(parentId, owner)),
            () -> report("ORPHAN", node, "its parent %s does not exist".formatted(parentId)));
  }

  private static Set<NodeType> mayHold(NodeType parent) {
    return switch (parent) {
      case GRID_CONNECTION, CIRCUIT, VIRTUAL ->
          Set.of(NodeType.CIRCUIT, NodeType.CHARGE_POINT, NodeType.POWER_SOURCE, NodeType.VIRTUAL);
      case CHARGE_POINT -> Set.of(NodeType.CONNECTOR);
      case CONNECTOR, POWER_SOURCE -> Set.of();
    };
  }

  /** Climbs from every node until it comes to where it has been: every node is passed once. */
  private void checkCycles() {
    Set<UUID> passed = HashSet.newHashSet(nodes.size());
    for (MicrogridNode node : nodes.values()) {
      List<MicrogridNode> path = new ArrayList<>();
      MicrogridNode at = node;
      while (at != null && passed.add(at.nodeId())) {
        path.add(at);
        at = at.parentNodeId().map(nodes::get).orElse(null);
      }
      int entry = at == null ? -1 : path.indexOf(at);
      if (entry >= 0) {
        path.subList(entry, path.size())
            .forEach(member -> report("CYCLE", member, "is its own ancestor"));
      }
    }
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
