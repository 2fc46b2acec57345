package io.busbar.topology;

import io.busbar.api.topology.NodeDraft;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What an edit should do, as simply as it can be said: one question per rule, in the order of the
 * rules, each asked of all nodes anew.
 */
final class EditModel {

  private static final Set<String> NESTING =
      Set.of(
          "- GRID_CONNECTION",
          "GRID_CONNECTION CIRCUIT",
          "GRID_CONNECTION CHARGE_POINT",
          "GRID_CONNECTION POWER_SOURCE",
          "GRID_CONNECTION VIRTUAL",
          "CIRCUIT CIRCUIT",
          "CIRCUIT CHARGE_POINT",
          "CIRCUIT POWER_SOURCE",
          "CIRCUIT VIRTUAL",
          "VIRTUAL CIRCUIT",
          "VIRTUAL CHARGE_POINT",
          "VIRTUAL POWER_SOURCE",
          "VIRTUAL VIRTUAL",
          "CHARGE_POINT CONNECTOR");

  /** Assets by id: their types. */
  final Map<UUID, String> assets;

  /** Nodes of other sites. */
  final Set<UUID> foreign;

  final Set<UUID> limited = new HashSet<>();
  final Set<UUID> controlled = new HashSet<>();
  final Set<UUID> metered;
  Map<UUID, NodeDraft> nodes = new TreeMap<>();

  EditModel(Map<UUID, String> assets, Set<UUID> foreign, Set<UUID> metered) {
    this.assets = assets;
    this.foreign = foreign;
    this.metered = metered;
  }

  /** The rule that a whole new tree breaks first; without one it is the tree from now on. */
  Optional<String> replace(List<NodeDraft> drafts) {
    return become(drafts, Set.of());
  }

  /** The same of a change of some nodes. */
  Optional<String> patch(List<NodeDraft> upsert, List<UUID> remove) {
    List<NodeDraft> drafts = new ArrayList<>(upsert);
    Set<UUID> named = upsert.stream().map(NodeDraft::nodeId).collect(Collectors.toSet());
    nodes.values().stream()
        .filter(node -> !named.contains(node.nodeId()) && !remove.contains(node.nodeId()))
        .forEach(drafts::add);
    if (remove.stream().anyMatch(named::contains)) {
      return Optional.of("DUPLICATE_NODE");
    }
    return become(drafts, Set.copyOf(remove));
  }

  private Optional<String> become(List<NodeDraft> drafts, Set<UUID> remove) {
    Map<UUID, NodeDraft> next = new TreeMap<>();
    drafts.forEach(draft -> next.put(draft.nodeId(), draft));
    Optional<String> broken = broken(drafts, next, remove);
    if (broken.isEmpty()) {
      nodes = next;
    }
    return broken;
  }

  private Optional<String> broken(
      List<NodeDraft> drafts, Map<UUID, NodeDraft> next, Set<UUID> remove) {
    Set<UUID> gone = new HashSet<>(nodes.keySet());
    gone.removeAll(next.keySet());
    List<UUID> parents = next.values().stream().flatMap(n -> n.parentNodeId().stream()).toList();
    List<UUID> used = next.values().stream().flatMap(n -> n.attachedAssetId().stream()).toList();
    boolean named = next.size() < drafts.size();
    if (named) {
      return Optional.of("DUPLICATE_NODE");
    } else if (any(next.keySet(), foreign) || any(remove, foreign)) {
      return Optional.of("FOREIGN_NODE");
    } else if (!nodes.keySet().containsAll(remove)) {
      return Optional.of("UNKNOWN_NODE");
    } else if (any(parents, foreign)) {
      return Optional.of("FOREIGN_PARENT");
    } else if (!next.keySet().containsAll(parents)) {
      return Optional.of("ORPHAN");
    } else if (next.values().stream().anyMatch(node -> climbs(node, next) > next.size())) {
      return Optional.of("CYCLE");
    } else if (next.values().stream().noneMatch(EditModel::isGrid)) {
      return Optional.of("NO_GRID_CONNECTION");
    } else if (next.values().stream().anyMatch(node -> !NESTING.contains(place(node, next)))) {
      return Optional.of("NESTING");
    } else if (!assets.keySet().containsAll(used)) {
      return Optional.of("UNKNOWN_ASSET");
    } else if (next.values().stream().anyMatch(node -> !isRightAsset(node))) {
      return Optional.of("ASSET_TYPE");
    } else if (Set.copyOf(used).size() < used.size()) {
      return Optional.of("DUPLICATE_ASSET");
    } else if (any(gone, limited)) {
      return Optional.of("LIMITED_NODE_REMOVED");
    } else if (any(gone, controlled)) {
      return Optional.of("CONTROLLED_NODE_REMOVED");
    }
    return any(gone, metered) ? Optional.of("METERED_NODE_REMOVED") : Optional.empty();
  }

  private static boolean any(Iterable<UUID> some, Set<UUID> others) {
    for (UUID one : some) {
      if (others.contains(one)) {
        return true;
      }
    }
    return false;
  }

  private static int climbs(NodeDraft node, Map<UUID, NodeDraft> all) {
    int steps = 0;
    NodeDraft at = node;
    while (at != null && steps <= all.size()) {
      at = at.parentNodeId().map(all::get).orElse(null);
      steps++;
    }
    return steps;
  }

  private static boolean isGrid(NodeDraft node) {
    return node.parentNodeId().isEmpty() && node.nodeType().name().equals("GRID_CONNECTION");
  }

  private static String place(NodeDraft node, Map<UUID, NodeDraft> all) {
    String above = node.parentNodeId().map(id -> all.get(id).nodeType().name()).orElse("-");
    return above + " " + node.nodeType();
  }

  private boolean isRightAsset(NodeDraft node) {
    String type = node.attachedAssetType().map(Enum::name).orElse("-");
    String expected =
        switch (node.nodeType()) {
          case GRID_CONNECTION, CIRCUIT -> "CIRCUIT";
          case VIRTUAL -> "-";
          case CHARGE_POINT, CONNECTOR, POWER_SOURCE -> node.nodeType().name();
        };
    return type.equals(expected)
        && node.attachedAssetId().map(assets::get).orElse("-").equals(expected);
  }
}
