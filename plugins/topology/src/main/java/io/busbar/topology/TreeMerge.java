package io.busbar.topology;

import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.NodeType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Brings a tree that people have edited in line with its assets. Assets are the authority of what
 * hangs from what and of what there is; edits of names, order, status and grouping stay. A node
 * stays in a VIRTUAL group as long as the group belongs to what the assets say it hangs from.
 */
final class TreeMerge {

  private final Map<UUID, MicrogridNode> edited;
  private final Map<UUID, MicrogridNode> before;
  private final Map<UUID, MicrogridNode> derived;

  /** By id: VIRTUAL nodes where they hang afterwards. */
  private final Map<UUID, MicrogridNode> groups = new HashMap<>();

  private TreeMerge(
      List<MicrogridNode> edited, List<MicrogridNode> before, List<MicrogridNode> derived) {
    this.edited = byId(edited);
    this.before = byId(before);
    this.derived = byId(derived);
  }

  /**
   * Merges.
   *
   * @param edited the tree as it is
   * @param before what its assets had said
   * @param derived what its assets say now
   * @return in the order of the tree
   */
  static List<MicrogridNode> merge(
      List<MicrogridNode> edited, List<MicrogridNode> before, List<MicrogridNode> derived) {
    TreeMerge merge = new TreeMerge(edited, before, derived);
    edited.stream().filter(TreeMerge::isGroup).forEach(merge::keepGroup);
    Map<UUID, MicrogridNode> merged = new HashMap<>(merge.groups);
    derived.forEach(node -> merged.put(node.nodeId(), merge.merged(node)));
    return TreeOrder.sort(merged.values());
  }

  private static Map<UUID, MicrogridNode> byId(List<MicrogridNode> nodes) {
    return nodes.stream().collect(Collectors.toMap(MicrogridNode::nodeId, Function.identity()));
  }

  private static boolean isGroup(MicrogridNode node) {
    return node.nodeType() == NodeType.VIRTUAL;
  }

  /** A group whose place is gone moves up to the nearest that is left. */
  private void keepGroup(MicrogridNode group) {
    Optional<UUID> parent = group.parentNodeId();
    while (parent.isPresent() && !isLeft(parent.get())) {
      parent = edited.get(parent.get()).parentNodeId();
    }
    Optional<UUID> place =
        parent.or(
            () ->
                derived.values().stream()
                    .filter(node -> node.nodeType() == NodeType.GRID_CONNECTION)
                    .map(MicrogridNode::nodeId)
                    .min(UUID::compareTo));
    groups.put(group.nodeId(), placed(group, group, place, group.displayOrder()));
  }

  private boolean isLeft(UUID nodeId) {
    MicrogridNode node = edited.get(nodeId);
    return derived.containsKey(nodeId) || (node != null && isGroup(node));
  }

  private MicrogridNode merged(MicrogridNode node) {
    MicrogridNode mine = edited.get(node.nodeId());
    MicrogridNode base = before.get(node.nodeId());
    if (mine == null || base == null) {
      return node;
    }
    boolean renamed = !mine.name().equals(base.name());
    boolean moved = mine.displayOrder() != base.displayOrder();
    return placed(
        node,
        renamed ? mine : node,
        isGroupOf(mine.parentNodeId(), node.parentNodeId())
            ? mine.parentNodeId()
            : node.parentNodeId(),
        moved ? mine.displayOrder() : node.displayOrder());
  }

  /** Whether a parent is a group that belongs, through groups alone, to another node. */
  private boolean isGroupOf(Optional<UUID> parent, Optional<UUID> owner) {
    Optional<UUID> at = parent;
    boolean throughGroups = false;
    while (at.isPresent() && groups.containsKey(at.get())) {
      throughGroups = true;
      at = groups.get(at.get()).parentNodeId();
    }
    return throughGroups && at.equals(owner);
  }

  private static MicrogridNode placed(
      MicrogridNode node, MicrogridNode named, Optional<UUID> parent, int order) {
    return new MicrogridNode(
        node.nodeId(),
        node.microgridId(),
        parent,
        named.name(),
        node.nodeType(),
        node.attachedAssetType(),
        node.attachedAssetId(),
        node.status(),
        order,
        node.asset());
  }
}
