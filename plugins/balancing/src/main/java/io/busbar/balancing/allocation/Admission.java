package io.busbar.balancing.allocation;

import io.busbar.balancing.allocation.Allocation.Cause;
import java.util.Arrays;

/**
 * Decides who gets its minimum. Where all minimums below a node fit, the node can refuse nobody, so
 * the walk in admission order looks only at requests below a node where they do not, and there only
 * at such nodes; often there are none.
 */
final class Admission {

  private static final int NONE = -1;

  private final AllocationProblem problem;
  private final Forest forest;
  private final double[] cap;
  private final double[] committed;
  private final Allocation allocation;
  private final AdmissionOrder order;

  /** By inner node: the tightest limit at or above it; in watts. */
  private final double[] tightest;

  /** By inner node: the nearest at or above it where not all minimums fit. */
  private final int[] contested;

  /**
   * For one problem.
   *
   * @param cap by place: the most it can get
   * @param committed by inner node: where the sums of admitted minimums go
   */
  Admission(AllocationProblem problem, double[] cap, double[] committed, Allocation allocation) {
    this.problem = problem;
    this.forest = problem.forest;
    this.cap = cap;
    this.committed = committed;
    this.allocation = allocation;
    order = new AdmissionOrder(problem);
    tightest = new double[forest.inners()];
    contested = new int[forest.inners()];
  }

  /**
   * Admits. Sets the exact value of everybody to the admitted minimum or 0, the cap of those not
   * admitted to 0, their causes, and the sums of what is committed.
   */
  void admit() {
    presume();
    Commitments.sum(forest, allocation.exact, committed);
    if (findContested()) {
      walk();
      Commitments.sum(forest, allocation.exact, committed);
    }
  }

  /** Gives everybody its minimum, but for those who can never start. */
  private void presume() {
    for (int inner = 0; inner < forest.inners(); inner++) {
      tightest[inner] = Math.min(problem.limit[inner], tightest[forest.up[inner]]);
      if (inner == Forest.JOINING_ROOT) {
        tightest[inner] = problem.limit[inner];
      }
      for (int place = forest.firstPlace[inner]; place < forest.firstPlace[inner + 1]; place++) {
        double minimum = problem.minimum[place];
        if (minimum > 0 && problem.demand[place] > 0) {
          presume(place, minimum, Math.min(problem.ownLimit[place], tightest[inner]));
        }
      }
    }
  }

  private void presume(int place, double minimum, double tightestLimit) {
    if (minimum > problem.demand[place]) {
      refuse(place, Cause.NEVER, Allocation.NO_NODE);
    } else if (minimum > tightestLimit + Allocator.SLACK) {
      refuse(place, Cause.NEVER, carrier(place, tightestLimit));
    } else {
      allocation.exact[place] = minimum;
      cap[place] = Math.max(cap[place], minimum);
    }
  }

  private int carrier(int place, double limit) {
    if (problem.ownLimit[place] == limit) {
      return Allocation.OWN_NODE;
    }
    int inner = forest.holder[place];
    while (problem.limit[inner] != limit) {
      inner = forest.up[inner];
    }
    return inner;
  }

  private void refuse(int place, Cause why, int inner) {
    allocation.exact[place] = 0;
    cap[place] = 0;
    allocation.stop(place, why, inner);
  }

  private boolean findContested() {
    contested[Forest.JOINING_ROOT] = NONE;
    boolean any = false;
    for (int inner = 0; inner < forest.inners(); inner++) {
      boolean fits = fits(committed[inner], inner);
      contested[inner] = fits ? contested[forest.up[inner]] : inner;
      any |= !fits;
    }
    return any;
  }

  private boolean fits(double watts, int inner) {
    return watts <= problem.limit[inner] + Allocator.SLACK;
  }

  private void walk() {
    int count = 0;
    for (int place : forest.placeOfConnector) {
      if (allocation.exact[place] > 0 && contested[forest.holder[place]] != NONE) {
        order.places[count++] = place;
      }
    }
    order.sort(count);
    Arrays.fill(committed, 0);
    for (int i = 0; i < count; i++) {
      int place = order.places[i];
      int nearest = contested[forest.holder[place]];
      int full = firstFull(nearest, allocation.exact[place]);
      if (full == NONE) {
        for (int inner = nearest; inner != NONE; inner = contestedAbove(inner)) {
          committed[inner] += allocation.exact[place];
        }
      } else {
        refuse(place, Cause.PAUSED, full);
      }
    }
  }

  private int firstFull(int nearest, double minimum) {
    int inner = nearest;
    while (inner != NONE && fits(committed[inner] + minimum, inner)) {
      inner = contestedAbove(inner);
    }
    return inner;
  }

  private int contestedAbove(int inner) {
    return inner == Forest.JOINING_ROOT ? NONE : contested[forest.up[inner]];
  }
}
