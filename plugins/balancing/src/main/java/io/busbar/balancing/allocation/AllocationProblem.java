package io.busbar.balancing.allocation;

import java.util.Arrays;

/**
 * Who wants how much below which limits: a forest of nodes, some of which carry a limit, and
 * connectors at its leaves, some of which carry a request. Made once per structure; limits and
 * requests are set anew for every decision.
 *
 * <p>Inside, connectors stand in depth-first order, so that everything below a node is one range.
 */
public final class AllocationProblem {

  /** Rank of a request that has none: after all that have one. */
  public static final long NO_RANK = Long.MAX_VALUE;

  final int[] parent;
  final double[] limit;

  /** First position below a node, and the one behind the last. */
  final int[] begin;

  final int[] end;

  /** Position of a connector, and back. */
  final int[] positionOf;

  final int[] connectorAt;

  /** By position. */
  final int[] nodeAt;

  final boolean[] requested;
  final double[] demand;
  final double[] minimum;
  final double[] weight;
  final int[] priority;
  final long[] rank;

  /**
   * A forest without limits and requests.
   *
   * @param parent for every node its parent's index, which is smaller than its own, or −1 for a
   *     root
   * @param connectorNode for every connector its node, a leaf with no other connector; connectors
   *     that tie in the admission order go by their index here
   * @throws IllegalArgumentException naming the first index that breaks this
   */
  public AllocationProblem(int[] parent, int[] connectorNode) {
    this.parent = parent.clone();
    int nodes = parent.length;
    int connectors = connectorNode.length;
    begin = new int[nodes];
    end = new int[nodes];
    positionOf = new int[connectors];
    connectorAt = new int[connectors];
    nodeAt = new int[connectors];
    checkParents();
    place(connectorNode);
    limit = new double[nodes];
    Arrays.fill(limit, Double.POSITIVE_INFINITY);
    requested = new boolean[connectors];
    demand = new double[connectors];
    minimum = new double[connectors];
    weight = new double[connectors];
    priority = new int[connectors];
    rank = new long[connectors];
  }

  private void checkParents() {
    for (int node = 0; node < parent.length; node++) {
      if (parent[node] < -1 || parent[node] >= node) {
        throw new IllegalArgumentException(
            "node " + node + ": parent " + parent[node] + ", expected −1 to " + (node - 1));
      }
    }
  }

  private void place(int[] connectorNode) {
    int nodes = parent.length;
    int[] count = new int[nodes];
    for (int connector = 0; connector < connectorNode.length; connector++) {
      int node = connectorNode[connector];
      if (node < 0 || node >= nodes || count[node] != 0) {
        throw new IllegalArgumentException(
            "connector " + connector + ": node " + node + " is unknown or has a connector already");
      }
      count[node] = 1;
    }
    for (int node = 0; node < nodes; node++) {
      if (parent[node] >= 0 && count[parent[node]] != 0) {
        throw new IllegalArgumentException(
            "node " + parent[node] + " has a connector and node " + node + " below it");
      }
    }
    for (int node = nodes - 1; node >= 0; node--) {
      if (parent[node] >= 0) {
        count[parent[node]] += count[node];
      }
    }
    int[] next = new int[nodes];
    int roots = 0;
    for (int node = 0; node < nodes; node++) {
      begin[node] = parent[node] < 0 ? roots : next[parent[node]];
      end[node] = begin[node] + count[node];
      next[node] = begin[node];
      if (parent[node] < 0) {
        roots = end[node];
      } else {
        next[parent[node]] = end[node];
      }
    }
    for (int connector = 0; connector < connectorNode.length; connector++) {
      int position = begin[connectorNode[connector]];
      positionOf[connector] = position;
      connectorAt[position] = connector;
      nodeAt[position] = connectorNode[connector];
    }
  }

  public int nodes() {
    return parent.length;
  }

  public int connectors() {
    return positionOf.length;
  }

  /**
   * Bounds everything at and below a node.
   *
   * @param watts ≥ 0; positive infinity for no limit
   */
  public void limit(int node, double watts) {
    if (!(watts >= 0)) {
      throw new IllegalArgumentException("node " + node + ": limit " + watts + ", expected ≥ 0");
    }
    limit[node] = watts;
  }

  /** Takes back a connector's request: it gets 0. */
  public void noRequest(int connector) {
    requested[positionOf[connector]] = false;
  }

  /** A request of weight 1, without minimum, in class 0. */
  public void request(int connector, double demandWatts) {
    request(connector, demandWatts, 0, 1, 0, NO_RANK);
  }

  /**
   * A connector's request.
   *
   * @param demandWatts the most it may get, ≥ 0
   * @param minWatts below it only 0 is possible, ≥ 0
   * @param shareWeight &gt; 0
   * @param importance larger is served first
   * @param admissionRank smaller is admitted first within its class; {@link #NO_RANK} for last
   */
  public void request(
      int connector,
      double demandWatts,
      double minWatts,
      double shareWeight,
      int importance,
      long admissionRank) {
    if (!(demandWatts >= 0)
        || !(minWatts >= 0)
        || !(shareWeight > 0)
        || Double.isInfinite(demandWatts)
        || Double.isInfinite(shareWeight)) {
      throw new IllegalArgumentException(
          "connector %d: demand %s, minimum %s, weight %s; expected finite, ≥ 0, ≥ 0, > 0"
              .formatted(connector, demandWatts, minWatts, shareWeight));
    }
    int position = positionOf[connector];
    requested[position] = true;
    demand[position] = demandWatts;
    minimum[position] = minWatts;
    weight[position] = shareWeight;
    priority[position] = importance;
    rank[position] = admissionRank;
  }
}
