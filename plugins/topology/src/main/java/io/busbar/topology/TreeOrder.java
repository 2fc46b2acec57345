package io.busbar.topology;

import io.busbar.api.topology.MicrogridNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The one order of a tree's nodes: parents first, siblings by display order, then by id. */
final class TreeOrder {

  private static final Comparator<MicrogridNode> SIBLINGS =
      Comparator.comparingInt(MicrogridNode::displayOrder).thenComparing(MicrogridNode::nodeId);

  private TreeOrder() {}

  /** Nodes of a valid tree in their order; what hangs from nowhere is left out. */
  static List<MicrogridNode> sort(Collection<MicrogridNode> nodes) {
    Map<Optional<UUID>, List<MicrogridNode>> children = new HashMap<>();
    for (MicrogridNode node : nodes) {
      children.computeIfAbsent(node.parentNodeId(), none -> new ArrayList<>()).add(node);
    }
    children.values().forEach(siblings -> siblings.sort(SIBLINGS));
    List<MicrogridNode> sorted = new ArrayList<>(nodes.size());
    Deque<MicrogridNode> waiting = new ArrayDeque<>();
    push(waiting, children.get(Optional.<UUID>empty()));
    while (!waiting.isEmpty()) {
      MicrogridNode node = waiting.pop();
      sorted.add(node);
      push(waiting, children.get(Optional.of(node.nodeId())));
    }
    return sorted;
  }

  /**
   * Whether nodes are in their order: every one below its parent, no sibling before an earlier one.
   * Such a tree has no cycle, and nothing in it hangs from nowhere.
   */
  static boolean isSorted(List<MicrogridNode> nodes) {
    Deque<MicrogridNode> path = new ArrayDeque<>(); // down to the node before
    for (MicrogridNode node : nodes) {
      Optional<UUID> parent = node.parentNodeId();
      MicrogridNode sibling = null;
      while (!path.isEmpty() && parent.filter(path.peek().nodeId()::equals).isEmpty()) {
        sibling = path.pop();
      }
      boolean placed = parent.isEmpty() || !path.isEmpty();
      if (!placed || (sibling != null && SIBLINGS.compare(sibling, node) >= 0)) {
        return false;
      }
      path.push(node);
    }
    return true;
  }

  private static void push(Deque<MicrogridNode> waiting, List<MicrogridNode> siblings) {
    if (siblings != null) {
      siblings.reversed().forEach(waiting::push);
    }
  }
}
