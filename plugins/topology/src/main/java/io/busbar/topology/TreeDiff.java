package io.busbar.topology;

import io.busbar.api.topology.DiffReply;
import io.busbar.api.topology.NodeDraft;
import io.busbar.api.topology.VersionReply;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What changed from one version of a tree to another. */
final class TreeDiff {

  private TreeDiff() {}

  static DiffReply.Diff between(VersionReply.Found from, VersionReply.Found to) {
    Map<UUID, NodeDraft> before = byId(from);
    Map<UUID, NodeDraft> after = byId(to);
    List<DiffReply.Change> changed =
        sorted(from, id -> after.containsKey(id) && !after.get(id).equals(before.get(id))).stream()
            .map(node -> new DiffReply.Change(node, after.get(node.nodeId())))
            .toList();
    return new DiffReply.Diff(
        from.version(),
        to.version(),
        sorted(to, id -> !before.containsKey(id)),
        sorted(from, id -> !after.containsKey(id)),
        changed);
  }

  private static Map<UUID, NodeDraft> byId(VersionReply.Found version) {
    return version.nodes().stream()
        .collect(Collectors.toMap(NodeDraft::nodeId, Function.identity()));
  }

  private static List<NodeDraft> sorted(VersionReply.Found version, Predicate<UUID> wanted) {
    return version.nodes().stream()
        .filter(node -> wanted.test(node.nodeId()))
        .sorted(Comparator.comparing(NodeDraft::nodeId))
        .toList();
  }
}
