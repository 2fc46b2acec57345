package io.busbar.balancing.allocation;

import java.util.Arrays;

/**
 * Who wants how much below which limits: a forest of nodes, some of which carry a limit, and
 * connectors at its leaves, some of which carry a request. Made once per structure; limits and
 * requests are set anew for every decision. All power is in watts.
 *
 * <p>Not thread-safe: one thread sets and has it decided.
 */
public final class AllocationProblem {

  /** Rank of a request that has none: after all that have one. */
  public static final long NO_RANK = Long.MAX_VALUE;

  /** The largest demand, a little above two gigawatts for one connector. */
  public static final double MAX_DEMAND_WATTS = Integer.MAX_VALUE;

  /** The smallest weight. */
  public static final double MIN_WEIGHT = 1e-6;

  /** The largest weight. */
  public static final double MAX_WEIGHT = 1e6;

  final Forest forest;

  final Wiring wiring;

  /** By inner node; infinite where there is none. */
  final double[] limit;

  /** By place: the limit of the connector's own node. */
  final double[] ownLimit;

  /** By place. */
  final boolean[] requested;

  /** By place; 0 without a request. */
  final double[] demand;

  final double[] minimum;
  final double[] weight;
  final int[] priority;
  final long[] rank;

  /** By place. */
  final Patience[] patience;

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
    forest = new Forest(new ForestLayout(parent, connectorNode));
    wiring = new Wiring(forest);
    limit = new double[forest.inners()];
    Arrays.fill(limit, Double.POSITIVE_INFINITY);
    int connectors = connectorNode.length;
    ownLimit = new double[connectors];
    Arrays.fill(ownLimit, Double.POSITIVE_INFINITY);
    requested = new boolean[connectors];
    demand = new double[connectors];
    minimum = new double[connectors];
    weight = new double[connectors];
    Arrays.fill(weight, 1);
    priority = new int[connectors];
    rank = new long[connectors];
    patience = new Patience[connectors];
    Arrays.fill(patience, Patience.DUE);
  }

  /** Number of nodes, connectors included. */
  public int nodes() {
    return forest.innerOfNode.length;
  }

  /** Number of connectors. */
  public int connectors() {
    return forest.placeOfConnector.length;
  }

  /**
   * Bounds everything at and below a node.
   *
   * @param watts ≥ 0; positive infinity for no limit
   * @throws IllegalArgumentException naming the node
   */
  public void limit(int node, double watts) {
    if (!(watts >= 0)) {
      throw new IllegalArgumentException("node " + node + ": limit " + watts + ", expected ≥ 0");
    }
    int inner = forest.innerOfNode[node];
    int place = forest.placeOfNode[node];
    if (inner >= 0) {
      limit[inner] = watts;
    } else if (place >= 0) {
      ownLimit[place] = watts;
    }
  }

  /**
   * Says how a connector is wired; 0 before.
   *
   * @param group number of its group in every {@link LineLimit} of this problem
   */
  public void wire(int connector, int group) {
    wiring.group[forest.placeOfConnector[connector]] = group;
  }

  /**
   * Bounds currents of everything at and below a node, beside its watts.
   *
   * @param limits all of the node; they replace earlier ones
   * @throws IllegalArgumentException if the node is a connector or has none below it
   */
  public void lines(int node, LineLimit... limits) {
    int inner = forest.innerOfNode[node];
    if (inner < 0 && limits.length > 0) {
      throw new IllegalArgumentException("node " + node + ": no connector below it to bound");
    }
    if (inner >= 0) {
      wiring.bound(inner, limits);
    }
  }

  /** Takes back a connector's request: it gets 0. */
  public void noRequest(int connector) {
    int place = forest.placeOfConnector[connector];
    requested[place] = false;
    demand[place] = 0;
    minimum[place] = 0;
  }

  /** A request of weight 1, without minimum, in class 0. */
  public void request(int connector, double demandWatts) {
    request(connector, demandWatts, 0, 1, 0, NO_RANK);
  }

  /**
   * A connector's request; it replaces an earlier one.
   *
   * @param demandWatts the most it may get, from 0 to {@link #MAX_DEMAND_WATTS}
   * @param minWatts below it only 0 is possible; finite, ≥ 0; above the demand it can never start
   * @param shareWeight its share in relation to others of its class, from {@link #MIN_WEIGHT} to
   *     {@link #MAX_WEIGHT}
   * @param importance its class; larger is served first
   * @param admissionRank smaller is admitted first within its class; {@link #NO_RANK} for last
   * @throws IllegalArgumentException naming the connector, the value and what was expected
   */
  public void request(
      int connector,
      double demandWatts,
      double minWatts,
      double shareWeight,
      int importance,
      long admissionRank) {
    check(connector, "demand", demandWatts, 0, MAX_DEMAND_WATTS);
    check(connector, "minimum", minWatts, 0, Double.MAX_VALUE);
    check(connector, "weight", shareWeight, MIN_WEIGHT, MAX_WEIGHT);
    int place = forest.placeOfConnector[connector];
    requested[place] = true;
    demand[place] = demandWatts;
    minimum[place] = minWatts;
    weight[place] = shareWeight;
    priority[place] = importance;
    rank[place] = admissionRank;
    patience[place] = Patience.DUE;
  }

  /** Says of a connector's request whether it is held or can wait; a new request is due. */
  public void patience(int connector, Patience its) {
    patience[forest.placeOfConnector[connector]] = its;
  }

  private static void check(int connector, String what, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          "connector %d: %s %s, expected %s to %s".formatted(connector, what, value, least, most));
    }
  }
}
