package io.busbar.bench.quality;

import io.busbar.balancing.decide.ConnectorRating;
import io.busbar.balancing.decide.SiteTree;

/** What still fits under the limits above connectors. */
final class TreeLimits {

  private final SiteTree tree;
  private final double[] left;

  TreeLimits(SiteTree tree) {
    this.tree = tree;
    this.left = new double[tree.size()];
    for (int node = 0; node < left.length; node++) {
      left[node] = tree.limits().watts(node);
    }
  }

  /** How much fits at a connector. */
  double left(int connector) {
    double least = Double.MAX_VALUE;
    for (int node = node(connector); node >= 0; node = tree.parent(node)) {
      least = Math.min(least, left[node]);
    }
    return least;
  }

  /** How much fits at a node, whatever is above it. */
  double leftAt(int node) {
    return left[node];
  }

  void take(int connector, double watts) {
    for (int node = node(connector); node >= 0; node = tree.parent(node)) {
      left[node] -= watts;
    }
  }

  private int node(int connector) {
    return tree.connectors().get(connector).node();
  }

  /**
   * Checks set-points.
   *
   * @throws IllegalStateException naming the node whose limit they exceed
   */
  static void check(SiteTree tree, int[] watts) {
    long[] sums = new long[tree.size()];
    for (ConnectorRating connector : tree.connectors()) {
      for (int node = connector.node(); node >= 0; node = tree.parent(node)) {
        sums[node] += watts[connector.number()];
      }
    }
    for (int node = 0; node < sums.length; node++) {
      if (sums[node] > tree.limits().watts(node)) {
        throw new IllegalStateException(
            "node %s carries %d W, its limit is %d W"
                .formatted(tree.nodeId(node), sums[node], tree.limits().watts(node)));
      }
    }
  }
}
