package io.busbar.balancing.decide;

import io.busbar.api.topology.AssetFacts;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Limits that hold while nobody knows what is asked from outside: grid connections, and every node
 * that was bounded when somebody knew last, carry no more than their fail-safe capacity.
 */
public final class FailSafe {

  /** Names these limits in results. */
  public static final String REF = "fail-safe:envelope";

  private FailSafe() {}

  /**
   * The limits of a site.
   *
   * @param last what was asked from outside when that was known last; bounds on generation, for
   *     which there is no fail-safe capacity, go on
   */
  public static List<OutsideLimit> limits(SiteTree tree, List<OutsideLimit> last) {
    Map<UUID, OutsideLimit> caps = new TreeMap<>();
    List<OutsideLimit> all = new ArrayList<>();
    long[] below = below(tree);
    for (int node = 1; node < tree.size(); node++) {
      if (tree.node(node).nodeType() == NodeType.GRID_CONNECTION) {
        OutsideLimit cap = cap(tree, node, below);
        caps.put(cap.nodeId(), cap);
      }
    }
    for (OutsideLimit limit : last) {
      OptionalInt node = tree.number(limit.nodeId());
      if (limit.constraintType() != ConstraintType.CONSUMPTION_CAP) {
        all.add(limit);
      } else if (node.isPresent()) {
        OutsideLimit cap = cap(tree, node.getAsInt(), below);
        caps.put(cap.nodeId(), cap.limitWatts() < limit.limitWatts() ? cap : limit);
      }
    }
    all.addAll(caps.values());
    return all;
  }

  private static OutsideLimit cap(SiteTree tree, int node, long[] below) {
    int watts =
        tree.node(node)
            .asset()
            .map(AssetFacts::failSafeWatts)
            .orElse(OptionalInt.empty())
            .orElse((int) Math.min(Integer.MAX_VALUE, below[node]));
    return new OutsideLimit(tree.node(node).nodeId(), ConstraintType.CONSUMPTION_CAP, watts, REF);
  }

  /** By node: what devices below it fall back to by themselves. */
  private static long[] below(SiteTree tree) {
    long[] sums = new long[tree.size()];
    for (ConnectorRating connector : tree.connectors()) {
      sums[connector.node()] = connector.failSafeWatts();
    }
    for (int node = tree.size() - 1; node > SiteTree.ROOT; node--) {
      sums[tree.parent(node)] += sums[node];
    }
    return sums;
  }
}
