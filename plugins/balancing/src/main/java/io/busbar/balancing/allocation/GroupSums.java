package io.busbar.balancing.allocation;

import java.util.Arrays;

/** By inner node and group: watts at and below it. */
final class GroupSums {

  /** Amperes that a line counts as full within. */
  static final double AMPS_SLACK = 1e-8;

  private final AllocationProblem problem;
  private final Forest forest;
  private final Wiring wiring;
  private double[] watts = {};

  GroupSums(AllocationProblem problem) {
    this.problem = problem;
    this.forest = problem.forest;
    this.wiring = problem.wiring;
  }

  void clear() {
    int length = forest.inners() * wiring.groups;
    if (watts.length == length) {
      Arrays.fill(watts, 0);
    } else {
      watts = new double[length];
    }
  }

  double get(int inner, int group) {
    return watts[inner * wiring.groups + group];
  }

  /** Adds to a place and everything above it. */
  void add(int place, double added) {
    int group = wiring.group[place];
    int inner = forest.holder[place];
    while (inner != Forest.JOINING_ROOT) {
      watts[inner * wiring.groups + group] += added;
      inner = forest.up[inner];
    }
    watts[group] += added;
  }

  /** The first node above a place without room for so many watts more; negative when all have. */
  int firstFull(int place, double added) {
    int group = wiring.group[place];
    int inner = forest.holder[place];
    while (inner != Forest.JOINING_ROOT) {
      int at = inner * wiring.groups + group;
      double before = watts[at];
      watts[at] = before + added;
      boolean fits = fits(inner);
      watts[at] = before;
      if (!fits) {
        return inner;
      }
      inner = forest.up[inner];
    }
    return -1;
  }

  /** Whether a node carries no more than it may. */
  boolean fits(int inner) {
    int from = inner * wiring.groups;
    double sum = 0;
    for (int group = 0; group < wiring.groups; group++) {
      sum += watts[from + group];
    }
    if (sum > problem.limit[inner] + Allocator.SLACK) {
      return false;
    }
    for (LineLimit line : wiring.lines[inner]) {
      if (line.flow(watts, from) > line.amps() + AMPS_SLACK) {
        return false;
      }
    }
    return true;
  }
}
