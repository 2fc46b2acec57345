package io.busbar.balancing.allocation;

import java.util.Arrays;

/**
 * Whole watts and their sums. Everything is rounded down after {@link Allocator#SLACK} are
 * forgiven, without which exact fits would be missed. Should that forgiveness, added up over very
 * many connectors, ever lift a node above its limit, it is taken back there: a limit holds always.
 */
final class Rounding {

  private final AllocationProblem problem;
  private final Forest forest;
  private final Allocation allocation;

  Rounding(AllocationProblem problem, Allocation allocation) {
    this.problem = problem;
    this.forest = problem.forest;
    this.allocation = allocation;
  }

  void round() {
    if (!fits()) {
      takeBack();
    }
  }

  /** Rounds and adds up; false when a node carries more than its limit. */
  private boolean fits() {
    long[] sums = allocation.sums;
    Arrays.fill(sums, 0);
    boolean fits = true;
    for (int inner = forest.inners() - 1; inner >= 0; inner--) {
      long sum = sums[inner];
      for (int place = forest.firstPlace[inner]; place < forest.firstPlace[inner + 1]; place++) {
        int watts = (int) (allocation.exact[place] + Allocator.SLACK);
        watts -= watts > problem.ownLimit[place] ? 1 : 0;
        allocation.whole[place] = watts;
        sum += watts;
      }
      sums[inner] = sum;
      fits &= sum <= problem.limit[inner];
      if (inner != Forest.JOINING_ROOT) {
        sums[forest.up[inner]] += sum;
      }
    }
    return fits;
  }

  private void takeBack() {
    for (int place = 0; place < forest.places(); place++) {
      if (allocation.whole[place] > allocation.exact[place] && overloaded(place)) {
        allocation.whole[place]--;
        int inner = forest.holder[place];
        while (inner != Forest.JOINING_ROOT) {
          allocation.sums[inner]--;
          inner = forest.up[inner];
        }
        allocation.sums[Forest.JOINING_ROOT]--;
      }
    }
  }

  /** Whether a node above a place carries more than its limit. */
  private boolean overloaded(int place) {
    int inner = forest.holder[place];
    while (allocation.sums[inner] <= problem.limit[inner] && inner != Forest.JOINING_ROOT) {
      inner = forest.up[inner];
    }
    return allocation.sums[inner] > problem.limit[inner];
  }
}
