package io.busbar.topology;

import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.NodeLimit.SourceType;
import io.busbar.api.topology.NodeLimit.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * All limits of a tree: those that follow from assets, and those that somebody set. While one that
 * somebody set is active, the rating of the same node and type is set aside. Limits that say the
 * same as before keep their time.
 */
final class LimitSet {

  private static final Comparator<NodeLimit> BY_TYPE =
      Comparator.comparing(NodeLimit::constraintType)
          .thenComparing(NodeLimit::sourceType)
          .thenComparing(NodeLimit::nodeLimitId);

  private final Map<UUID, NodeLimit> previous = new HashMap<>();
  private final Map<Optional<UUID>, List<NodeLimit>> set = new HashMap<>();
  private final Instant now;

  private LimitSet(List<NodeLimit> previous, List<NodeLimit> set, Instant now) {
    previous.forEach(limit -> this.previous.put(limit.nodeLimitId(), limit));
    set.forEach(
        limit -> this.set.computeIfAbsent(limit.nodeId(), n -> new ArrayList<>()).add(limit));
    this.now = now;
  }

  /**
   * Puts them together.
   *
   * @param nodes the tree, in its order
   * @param previous all limits so far
   * @param set those that somebody set, as they are to be
   * @return aggregate limits first, then in the order of the nodes
   */
  static List<NodeLimit> of(
      List<MicrogridNode> nodes, List<NodeLimit> previous, List<NodeLimit> set, Instant now) {
    LimitSet all = new LimitSet(previous, set, now);
    List<NodeLimit> limits = new ArrayList<>(2 * nodes.size());
    all.add(limits, new ArrayList<>(), Optional.empty());
    nodes.forEach(node -> all.add(limits, Baseline.of(node, now), Optional.of(node.nodeId())));
    return limits;
  }

  /** Those that somebody set. */
  static List<NodeLimit> set(List<NodeLimit> limits) {
    return limits.stream().filter(limit -> !Baseline.isDerived(limit)).toList();
  }

  private void add(List<NodeLimit> limits, List<NodeLimit> baseline, Optional<UUID> node) {
    List<NodeLimit> here = set.getOrDefault(node, List.of());
    List<NodeLimit> all = new ArrayList<>(here);
    baseline.forEach(limit -> all.add(asBefore(isSetAside(limit, here) ? setAside(limit) : limit)));
    all.sort(BY_TYPE);
    limits.addAll(all);
  }

  private static boolean isSetAside(NodeLimit rating, List<NodeLimit> here) {
    return rating.sourceType() == SourceType.PHYSICAL_DERIVED
        && here.stream()
            .filter(limit -> limit.status() == Status.ACTIVE)
            .anyMatch(limit -> limit.constraintType() == rating.constraintType());
  }

  private static NodeLimit setAside(NodeLimit limit) {
    return new NodeLimit(
        limit.nodeLimitId(),
        limit.microgridId(),
        limit.nodeId(),
        limit.constraintType(),
        limit.limitWatts(),
        limit.limitAmps(),
        limit.sourceType(),
        Status.INACTIVE,
        limit.updatedAt());
  }

  private NodeLimit asBefore(NodeLimit limit) {
    NodeLimit before = previous.get(limit.nodeLimitId());
    boolean same =
        before != null
            && before.limitWatts() == limit.limitWatts()
            && before.status() == limit.status();
    return same ? before : limit;
  }
}
