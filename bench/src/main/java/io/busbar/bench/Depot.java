package io.busbar.bench;

import io.busbar.balancing.allocation.AllocationProblem;
import java.util.Arrays;

/**
 * A depot of any size, the same for the same size: a site, grid connections of 50 circuits,
 * circuits of 20 charge points, charge points of 2 connectors. Everything is three-phase and
 * balanced at 230 V, a connector takes 6 to 32 A per phase, a charge point carries 50 A, and every
 * level above is oversubscribed: a circuit has a share of its connectors' maxima, a grid connection
 * 80 % of its circuits, the site 90 % of those.
 */
final class Depot {

  /** Watts per ampere of a three-phase connection. */
  static final double WATTS_PER_AMP = 3 * 230;

  static final double MAX_AMPS = 32;
  static final double MIN_AMPS = 6;
  private static final double POINT_AMPS = 50;
  private static final int CIRCUITS_PER_GRID = 50;
  private static final int POINTS_PER_CIRCUIT = 20;
  private static final int CONNECTORS_PER_POINT = 2;
  private static final long SEED = 42;

  /** By node: its parent, −1 for the site. */
  int[] parent = new int[16];

  /** By node: amperes per phase. */
  double[] limitAmps = new double[16];

  /** By connector: its node. */
  final int[] connectorNode;

  /** By connector: 0 to 2. */
  final int[] priority;

  /** By connector: minute of arrival, 0 to 59. */
  final int[] arrival;

  private final double share;
  private int nodes;
  private int connectors;
  private long state = SEED;

  /**
   * Builds one.
   *
   * @param share of its connectors' maxima that a circuit carries: 0.6 is plain, 0.1 is scarce
   */
  Depot(int connectors, double share) {
    this.share = share;
    connectorNode = new int[connectors];
    priority = new int[connectors];
    arrival = new int[connectors];
    int site = add(-1, 0);
    while (this.connectors < connectors) {
      addGrid(site);
    }
    parent = Arrays.copyOf(parent, nodes);
    limitAmps = Arrays.copyOf(limitAmps, nodes);
  }

  private void addGrid(int site) {
    int grid = add(site, 0);
    for (int i = 0; i < CIRCUITS_PER_GRID && connectors < connectorNode.length; i++) {
      int circuit = addCircuit(grid);
      limitAmps[grid] += 0.8 * limitAmps[circuit];
    }
    limitAmps[site] += 0.9 * limitAmps[grid];
  }

  private int addCircuit(int grid) {
    int circuit = add(grid, 0);
    int before = connectors;
    for (int i = 0; i < POINTS_PER_CIRCUIT && connectors < connectorNode.length; i++) {
      int point = add(circuit, POINT_AMPS);
      for (int k = 0; k < CONNECTORS_PER_POINT && connectors < connectorNode.length; k++) {
        addConnector(point);
      }
    }
    limitAmps[circuit] = share * MAX_AMPS * (connectors - before);
    return circuit;
  }

  private void addConnector(int point) {
    int connector = connectors++;
    connectorNode[connector] = add(point, MAX_AMPS);
    arrival[connector] = random(0, 60);
    random(0, 55); // the energy needed, which an instant's decision does not look at
    random(0, 140); // nor at the departure
    priority[connector] = random(0, 3);
  }

  private int add(int below, double amps) {
    if (nodes == parent.length) {
      parent = Arrays.copyOf(parent, 2 * nodes);
      limitAmps = Arrays.copyOf(limitAmps, 2 * nodes);
    }
    parent[nodes] = below;
    limitAmps[nodes] = amps;
    return nodes++;
  }

  private int random(int low, int high) {
    state = (state * 1_103_515_245 + 12_345) % (1L << 31);
    return low + (int) ((state >> 8) % (high - low));
  }

  int connectors() {
    return connectors;
  }

  int nodes() {
    return nodes;
  }

  /** The structure with its limits, without requests. */
  AllocationProblem problem() {
    AllocationProblem problem = new AllocationProblem(parent, connectorNode);
    for (int node = 0; node < nodes; node++) {
      problem.limit(node, limitAmps[node] * WATTS_PER_AMP);
    }
    return problem;
  }
}
