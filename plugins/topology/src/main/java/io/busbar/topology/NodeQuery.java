package io.busbar.topology;

import io.busbar.api.topology.AssetFacts;
import io.busbar.api.topology.ControlPoint;
import io.busbar.api.topology.ControlPoint.State;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.NodeCollection;
import io.busbar.api.topology.NodeCollection.Member;
import io.busbar.api.topology.NodeCollection.Totals;
import io.busbar.api.topology.QueryNodes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Nodes by what they are and can, and what they add up to. */
final class NodeQuery {

  private final QueryNodes query;
  private final Function<UUID, OptionalInt> measured;

  /** Nodes with a wanted capability at or above them; empty absence of a node: all have it. */
  private final Set<Optional<UUID>> able = new HashSet<>();

  private final Set<UUID> within = new HashSet<>();

  private NodeQuery(StoredSite site, QueryNodes query, Function<UUID, OptionalInt> measured) {
    this.query = query;
    this.measured = measured;
    site.controlPoints().stream()
        .filter(point -> point.state() == State.enabled)
        .filter(point -> query.capabilities().contains(point.capabilityType()))
        .map(ControlPoint::nodeId)
        .forEach(able::add);
  }

  /**
   * Answers.
   *
   * @param measured watts measured at a node lately
   */
  static NodeCollection answer(
      StoredSite site, QueryNodes query, Function<UUID, OptionalInt> measured) {
    Optional<UUID> missing = query.under().filter(node -> site.node(node).isEmpty());
    return missing.isPresent()
        ? new NodeCollection.NotFound(missing.get())
        : new NodeQuery(site, query, measured).collect(site);
  }

  private NodeCollection collect(StoredSite site) {
    List<Member> members = new ArrayList<>();
    for (MicrogridNode node : site.tree().nodes()) {
      boolean inherits = node.parentNodeId().filter(within::contains).isPresent();
      if (inherits || query.under().isEmpty()) {
        within.add(node.nodeId());
      }
      boolean below = within.contains(node.nodeId());
      if (query.under().filter(node.nodeId()::equals).isPresent()) {
        within.add(node.nodeId());
      }
      if (node.parentNodeId().filter(parent -> able.contains(Optional.of(parent))).isPresent()) {
        able.add(Optional.of(node.nodeId()));
      }
      if (below && isWanted(node)) {
        members.add(new Member(node, measured.apply(node.nodeId())));
      }
    }
    return found(site, members);
  }

  private boolean isWanted(MicrogridNode node) {
    boolean isAble =
        query.capabilities().isEmpty()
            || able.contains(Optional.<UUID>empty())
            || able.contains(Optional.of(node.nodeId()));
    return isAble
        && (query.types().isEmpty() || query.types().contains(node.nodeType()))
        && (query.statuses().isEmpty() || query.statuses().contains(node.status()));
  }

  private static NodeCollection found(StoredSite site, List<Member> members) {
    Map<NodeType, List<Member>> byType = new EnumMap<>(NodeType.class);
    members.forEach(
        member ->
            byType.computeIfAbsent(member.node().nodeType(), t -> new ArrayList<>()).add(member));
    Map<NodeType, Totals> totals = new EnumMap<>(NodeType.class);
    byType.forEach((type, some) -> totals.put(type, totals(some)));
    return new NodeCollection.Found(site.microgrid().version(), members, totals(members), totals);
  }

  private static Totals totals(List<Member> members) {
    long rated = 0;
    long watts = 0;
    int count = 0;
    for (Member member : members) {
      rated += member.node().asset().map(AssetFacts::ratedWatts).orElse(0);
      watts += member.measuredWatts().orElse(0);
      count += member.measuredWatts().isPresent() ? 1 : 0;
    }
    return new Totals(members.size(), rated, watts, count);
  }
}
