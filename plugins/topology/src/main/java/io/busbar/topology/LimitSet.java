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
import java.util.Objects;
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

  private final Tree before;
  private final Map<Optional<UUID>, List<NodeLimit>> previous;
  private final Map<Optional<UUID>, List<NodeLimit>> set;
  private final Map<Optional<UUID>, List<NodeLimit>> setBefore;
  private final Instant now;

  private LimitSet(Tree before, List<NodeLimit> set, Instant now) {
    this.before = before;
    this.previous = byNode(before.limits());
    this.set = byNode(set);
    this.setBefore = byNode(set(before.limits()));
    this.now = now;
  }

  private static Map<Optional<UUID>, List<NodeLimit>> byNode(List<NodeLimit> limits) {
    Map<Optional<UUID>, List<NodeLimit>> byNode = HashMap.newHashMap(limits.size());
    Optional<UUID> last = Optional.empty();
    List<NodeLimit> here = null;
    for (NodeLimit limit : limits) {
      if (here == null || !last.equals(limit.nodeId())) {
        last = limit.nodeId();
        here = byNode.computeIfAbsent(last, node -> new ArrayList<>(2));
      }
      here.add(limit);
    }
    return byNode;
  }

  /**
   * Puts them together.
   *
   * @param before the tree so far; its limits alone when it is not known what they followed from
   * @param nodes the tree as it is to be, in its order
   * @param set those that somebody set, as they are to be
   * @return aggregate limits first, then in the order of the nodes
   */
  static List<NodeLimit> of(
      Tree before, List<MicrogridNode> nodes, List<NodeLimit> set, Instant now) {
    LimitSet all = new LimitSet(before, set, now);
    List<NodeLimit> limits = new ArrayList<>(2 * nodes.size());
    limits.addAll(all.of(List.of(), Optional.empty()));
    nodes.forEach(node -> limits.addAll(all.of(node)));
    return limits;
  }

  /** Those that somebody set. */
  static List<NodeLimit> set(List<NodeLimit> limits) {
    return limits.stream().filter(limit -> !Baseline.isDerived(limit)).toList();
  }

  /** What followed from the same asset and the same settings before still does. */
  private List<NodeLimit> of(MicrogridNode node) {
    Optional<UUID> id = Optional.of(node.nodeId());
    List<NodeLimit> same = isAsBefore(node) ? previous.get(id) : null;
    return same != null && Objects.equals(set.get(id), setBefore.get(id))
        ? same
        : of(Baseline.of(node, now), id);
  }

  private boolean isAsBefore(MicrogridNode node) {
    MicrogridNode known = before.byId().get(node.nodeId());
    return known == node
        || known != null
            && known.attachedAssetType().equals(node.attachedAssetType())
            && known.asset().equals(node.asset());
  }

  private List<NodeLimit> of(List<NodeLimit> baseline, Optional<UUID> node) {
    List<NodeLimit> here = set.getOrDefault(node, List.of());
    List<NodeLimit> limits = new ArrayList<>(here);
    baseline.forEach(
        limit -> limits.add(asBefore(isSetAside(limit, here) ? setAside(limit) : limit)));
    limits.sort(BY_TYPE);
    return limits;
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
    return previous.getOrDefault(limit.nodeId(), List.of()).stream()
        .filter(known -> known.nodeLimitId().equals(limit.nodeLimitId()))
        .filter(known -> known.limitWatts() == limit.limitWatts())
        .filter(known -> known.status() == limit.status())
        .findFirst()
        .orElse(limit);
  }
}
