package io.busbar.bench;

import io.busbar.balancing.allocation.AllocationProblem;
import java.util.SplittableRandom;

/** A kind of problem on the depot. */
enum Shape {
  /** Limits above the sum of everything below: everybody gets all it wants. */
  UNBOUND("nothing binds", 0) {
    @Override
    AllocationProblem problem(Depot depot) {
      AllocationProblem problem = new AllocationProblem(depot.parent, depot.connectorNode);
      double most = Depot.MAX_AMPS * Depot.WATTS_PER_AMP;
      for (int node = 0; node < depot.nodes(); node++) {
        problem.limit(node, most * depot.connectors());
      }
      return requests(depot, problem);
    }
  },

  /** Every level binds where it is served alone; all minimums fit. */
  PLAIN("plain, share 0.6", 0.6),

  /** Four in ten minimums fit, and who gets one is decided by a random rank. */
  SCARCE("scarce, share 0.1", 0.1),

  /** The plain depot with everybody different: weights, demands, minimums, and three classes. */
  MIXED("three classes, all different, share 0.6", 0.6) {
    @Override
    boolean hasTarget() {
      return false;
    }

    @Override
    AllocationProblem problem(Depot depot) {
      AllocationProblem problem = depot.problem();
      SplittableRandom random = new SplittableRandom(1);
      for (int i = 0; i < depot.connectors(); i++) {
        double demand = random.nextInt(3_000, 22_081);
        double minimum = random.nextInt(3) == 0 ? 0 : random.nextInt(1_380, 4_141);
        double weight = random.nextInt(1, 21) * 0.5;
        problem.request(i, demand, minimum, weight, depot.priority[i], depot.arrival[i]);
      }
      return problem;
    }
  };

  final String title;
  private final double share;

  Shape(String title, double share) {
    this.title = title;
    this.share = share;
  }

  /** Whether the target of a single class holds for it. */
  boolean hasTarget() {
    return true;
  }

  Depot depot(int connectors) {
    return new Depot(connectors, share);
  }

  AllocationProblem problem(Depot depot) {
    return requests(depot, depot.problem());
  }

  /** Everybody wants 32 A, at least 6 A, in one class of equal weights. */
  private static AllocationProblem requests(Depot depot, AllocationProblem problem) {
    SplittableRandom random = new SplittableRandom(1);
    double demand = Depot.MAX_AMPS * Depot.WATTS_PER_AMP;
    double minimum = Depot.MIN_AMPS * Depot.WATTS_PER_AMP;
    for (int i = 0; i < depot.connectors(); i++) {
      problem.request(i, demand, minimum, 1, 0, random.nextInt(depot.connectors()));
    }
    return problem;
  }
}
