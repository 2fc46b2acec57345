package io.busbar.balancing.allocation;

import io.busbar.balancing.allocation.Allocation.Cause;
import java.util.Arrays;

/**
 * Decides who may start: in admission order every request whose minimum still fits under every node
 * above it, beside the minimums admitted before.
 */
final class Admission {

  private static final double SLACK = Allocator.SLACK;

  private final AllocationProblem problem;
  private final double[] used;
  private final boolean[] admitted;

  Admission(AllocationProblem problem) {
    this.problem = problem;
    this.used = new double[problem.nodes()];
    this.admitted = new boolean[problem.connectors()];
  }

  boolean[] admitted() {
    return admitted;
  }

  /** Fills in who is admitted, and cause and node of those who are not. */
  void decide(Cause[] causes, int[] boundBy) {
    boolean minimums = false;
    for (int i = 0; i < admitted.length; i++) {
      admitted[i] = problem.requested[i];
      minimums |= problem.requested[i] && problem.minimum[i] > 0;
    }
    if (minimums && !allFit()) {
      oneByOne(causes, boundBy);
    }
  }

  /** The usual case, without sorting: every minimum fits at once. */
  private boolean allFit() {
    Arrays.fill(used, 0);
    for (int i = 0; i < admitted.length; i++) {
      if (admitted[i]) {
        if (problem.minimum[i] > problem.demand[i] + SLACK) {
          return false;
        }
        used[problem.nodeAt[i]] = problem.minimum[i];
      }
    }
    for (int node = used.length - 1; node >= 0; node--) {
      if (used[node] > problem.limit[node] + SLACK) {
        return false;
      }
      if (problem.parent[node] >= 0) {
        used[problem.parent[node]] += used[node];
      }
    }
    return true;
  }

  private void oneByOne(Cause[] causes, int[] boundBy) {
    Arrays.fill(used, 0);
    for (int i : order()) {
      double minimum = problem.minimum[i];
      if (minimum == 0) {
        continue;
      }
      int tooSmall = firstNode(i, minimum, false);
      int full = firstNode(i, minimum, true);
      if (minimum > problem.demand[i] + SLACK || tooSmall >= 0) {
        refuse(i, Cause.NEVER, tooSmall, causes, boundBy);
      } else if (full >= 0) {
        refuse(i, Cause.PAUSED, full, causes, boundBy);
      } else {
        for (int node = problem.nodeAt[i]; node >= 0; node = problem.parent[node]) {
          used[node] += minimum;
        }
      }
    }
  }

  /** The first node upwards under which a minimum does not fit, alone or beside the others. */
  private int firstNode(int i, double minimum, boolean besideOthers) {
    for (int node = problem.nodeAt[i]; node >= 0; node = problem.parent[node]) {
      double others = besideOthers ? used[node] : 0;
      if (others + minimum > problem.limit[node] + SLACK) {
        return node;
      }
    }
    return -1;
  }

  private void refuse(int i, Cause cause, int node, Cause[] causes, int[] boundBy) {
    admitted[i] = false;
    causes[i] = cause;
    boundBy[i] = node;
  }

  private int[] order() {
    Integer[] order = new Integer[admitted.length];
    int count = 0;
    for (int i = 0; i < admitted.length; i++) {
      if (admitted[i]) {
        order[count++] = i;
      }
    }
    Arrays.sort(order, 0, count, this::compare);
    int[] sorted = new int[count];
    for (int k = 0; k < count; k++) {
      sorted[k] = order[k];
    }
    return sorted;
  }

  private int compare(Integer a, Integer b) {
    int byPriority = Integer.compare(problem.priority[b], problem.priority[a]);
    if (byPriority != 0) {
      return byPriority;
    }
    int byRank = Long.compare(problem.rank[a], problem.rank[b]);
    return byRank != 0 ? byRank : Integer.compare(problem.connectorAt[a], problem.connectorAt[b]);
  }
}
