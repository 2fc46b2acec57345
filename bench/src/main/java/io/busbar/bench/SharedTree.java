package io.busbar.bench;

import io.busbar.balancing.allocation.AllocationProblem;
import java.util.SplittableRandom;

/** A problem of one class in plain numbers, for solvers that know nothing of each other. */
final class SharedTree {

  private static final double[] WEIGHTS = {0.5, 1, 2, 3};
  private static final int[] MINIMUMS = {0, 1_380, 4_140};

  private final int[] parent;
  private final double[] limit;
  private final int[] node;
  private final double[] demand;
  private final double[] minimum;
  private final double[] weight;

  private SharedTree(int nodes, int connectors) {
    parent = new int[nodes];
    limit = new double[nodes];
    node = new int[connectors];
    demand = new double[connectors];
    minimum = new double[connectors];
    weight = new double[connectors];
  }

  /** The depot, where everybody wants 32 A, at least 6 A, and counts alike. */
  static SharedTree of(Depot depot) {
    SharedTree tree = new SharedTree(depot.nodes(), depot.connectors());
    for (int i = 0; i < depot.nodes(); i++) {
      tree.parent[i] = depot.parent[i];
      tree.limit[i] = depot.limitAmps[i] * Depot.WATTS_PER_AMP;
    }
    for (int i = 0; i < depot.connectors(); i++) {
      tree.node[i] = depot.connectorNode[i];
      tree.demand[i] = Depot.MAX_AMPS * Depot.WATTS_PER_AMP;
      tree.minimum[i] = Depot.MIN_AMPS * Depot.WATTS_PER_AMP;
      tree.weight[i] = 1;
    }
    return tree;
  }

  /**
   * A tree in which everything is random: its shape, limits of half of its inner nodes, demands,
   * minimums and weights. The same for the same seed.
   */
  static SharedTree random(int connectors, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int inner = Math.max(1, connectors / 4);
    SharedTree tree = new SharedTree(inner + connectors, connectors);
    int[] below = new int[inner];
    for (int i = 0; i < inner; i++) {
      tree.parent[i] = i == 0 ? -1 : random.nextInt(Math.max(0, i - 20), i);
    }
    for (int i = 0; i < connectors; i++) {
      int own = inner + i;
      tree.node[i] = own;
      tree.parent[own] = random.nextInt(inner);
      tree.limit[own] = Double.POSITIVE_INFINITY;
      tree.demand[i] = 1_000 * random.nextInt(4, 23);
      tree.minimum[i] = Math.min(tree.demand[i], MINIMUMS[random.nextInt(MINIMUMS.length)]);
      tree.weight[i] = WEIGHTS[random.nextInt(WEIGHTS.length)];
      for (int at = tree.parent[own]; at >= 0; at = tree.parent[at]) {
        below[at]++;
      }
    }
    for (int i = 0; i < inner; i++) {
      boolean bound = i == 0 || random.nextBoolean();
      tree.limit[i] = bound ? below[i] * random.nextInt(2_000, 9_000) : Double.POSITIVE_INFINITY;
    }
    return tree;
  }

  /** The same for the allocator; ranks in the order of the connectors. */
  AllocationProblem problem() {
    AllocationProblem problem = new AllocationProblem(parent, node);
    for (int i = 0; i < parent.length; i++) {
      problem.limit(i, limit[i]);
    }
    for (int i = 0; i < node.length; i++) {
      problem.request(i, demand[i], minimum[i], weight[i], 0, i);
    }
    return problem;
  }

  /** What everything at and below each node gets. */
  double[] sums(double[] watts) {
    double[] sums = new double[parent.length];
    for (int i = 0; i < node.length; i++) {
      sums[node[i]] += watts[i];
    }
    for (int at = parent.length - 1; at >= 0; at--) {
      if (parent[at] >= 0) {
        sums[parent[at]] += sums[at];
      }
    }
    return sums;
  }

  int nodes() {
    return parent.length;
  }

  int connectors() {
    return node.length;
  }

  int parent(int at) {
    return parent[at];
  }

  double limit(int at) {
    return limit[at];
  }

  int nodeOf(int connector) {
    return node[connector];
  }

  double demand(int connector) {
    return demand[connector];
  }

  double minimum(int connector) {
    return minimum[connector];
  }

  double weight(int connector) {
    return weight[connector];
  }
}
