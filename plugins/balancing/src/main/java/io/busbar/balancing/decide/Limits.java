package io.busbar.balancing.decide;

import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What bounds consumption at each node: the smallest of its active limits and its rating. A net cap
 * counts like a consumption cap, because generation is given no credit. Generation caps bound no
 * charging.
 */
public final class Limits {

  /** Stands for "nothing bounds it"; above any sum of powers. */
  public static final long UNBOUNDED = Long.MAX_VALUE;

  private final NodeLimit[] tightest;
  private final String[] refs;

  private Limits(int nodes) {
    this.tightest = new NodeLimit[nodes];
    this.refs = new String[nodes];
  }

  static Limits of(List<NodeLimit> all, Map<UUID, Integer> numbers, int nodes) {
    Limits limits = new Limits(nodes);
    all.stream()
        .filter(Limits::binds)
        .filter(limit -> limit.constraintType() != ConstraintType.GENERATION_CAP)
        .forEach(
            limit -> limits.add(limit.nodeId().map(numbers::get).orElse(SiteTree.ROOT), limit));
    return limits;
  }

  /** A rating binds even while a limit that somebody set stands in its place. */
  private static boolean binds(NodeLimit limit) {
    return limit.status() == NodeLimit.Status.ACTIVE
        || limit.sourceType() == NodeLimit.SourceType.PHYSICAL_DERIVED;
  }

  private void add(int node, NodeLimit limit) {
    if (tightest[node] == null || limit.limitWatts() < tightest[node].limitWatts()) {
      tightest[node] = limit;
      refs[node] = "node-limit:" + limit.nodeLimitId();
    }
  }

  public boolean bounds(int node) {
    return tightest[node] != null;
  }

  /** Watts, or {@link #UNBOUNDED}. */
  public long watts(int node) {
    return tightest[node] == null ? UNBOUNDED : tightest[node].limitWatts();
  }

  /** The limit as results name it: {@code node-limit:ID}; only where there is one. */
  public String ref(int node) {
    return refs[node];
  }
}
