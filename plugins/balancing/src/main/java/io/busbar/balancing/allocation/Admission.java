package io.busbar.balancing.allocation;

import io.busbar.balancing.allocation.Allocation.Cause;

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
  private final PlaceSort sort;

  /** By inner node: the tightest limit at or above it; in watts. */
  private final double[] tightest;

  /** By inner node: the number of the nearest contested one, where not all minimums fit. */
  private final int[] contested;

  /** By contested node: the inner node, the next contested one above, and what it has left. */
  private final int[] inner;

  private final int[] above;
  private final double[] room;

  /** How many contested nodes have none above them. */
  private int outermost;

  /** The smallest and the largest minimum below any of them; often the same. */
  private double smallest;

  private double largest;

  /**
   * By place: the contested node nearest to it, {@link #NONE} once it is sure of its minimum; for
   * those refused the full node, counted downwards from behind that.
   */
  private final int[] verdict;

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
    sort = new PlaceSort(forest.places());
    tightest = new double[forest.inners()];
    contested = new int[forest.inners()];
    inner = new int[forest.inners()];
    above = new int[forest.inners()];
    room = new double[forest.inners()];
    verdict = new int[forest.places()];
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
      settle();
      Commitments.sum(forest, allocation.exact, committed);
    }
  }

  /** Gives everybody its minimum, but for those who can never start. */
  void presume() {
    tightest[Forest.JOINING_ROOT] = Double.POSITIVE_INFINITY;
    for (int inner = 0; inner < forest.inners(); inner++) {
      double limit = Math.min(problem.limit[inner], tightest[forest.up[inner]]);
      tightest[inner] = limit;
      for (int place = forest.firstPlace[inner]; place < forest.firstPlace[inner + 1]; place++) {
        boundByOwnNode(place);
        double minimum = problem.minimum[place];
        if (minimum > 0 && problem.demand[place] > 0) {
          presume(place, minimum, Math.min(problem.ownLimit[place], limit));
        }
      }
    }
  }

  private void boundByOwnNode(int place) {
    double demand = problem.demand[place];
    double own = problem.ownLimit[place];
    cap[place] = Math.min(demand, own);
    allocation.exact[place] = 0;
    if (demand > own) {
      allocation.stop(place, Cause.LIMITED, Allocation.OWN_NODE);
    } else {
      Cause cause = problem.requested[place] ? Cause.DEMAND_MET : Cause.NO_REQUEST;
      allocation.stop(place, cause, Allocation.NO_NODE);
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

  void refuse(int place, Cause why, int inner) {
    allocation.exact[place] = 0;
    cap[place] = 0;
    allocation.stop(place, why, inner);
  }

  private boolean findContested() {
    int count = 0;
    outermost = 0;
    contested[Forest.JOINING_ROOT] = NONE;
    for (int node = 1; node < forest.inners(); node++) {
      contested[node] = contested[forest.up[node]];
      if (committed[node] > problem.limit[node] + Allocator.SLACK) {
        inner[count] = node;
        above[count] = contested[node];
        room[count] = problem.limit[node] + Allocator.SLACK;
        outermost += contested[node] == NONE ? 1 : 0;
        contested[node] = count++;
      }
    }
    return count > 0;
  }

  /**
   * Goes through the contenders in admission order, until the outermost contested nodes have no
   * room for even the smallest minimum; then the rest need not be put in order to be refused.
   */
  private void walk() {
    int count = findContenders();
    sort.byPriorityAndRank(problem.priority, problem.rank, count);
    int open = outermost;
    for (int i = 0; i < count && open > 0; i++) {
      int place = sort.places[i];
      double minimum = smallest == largest ? smallest : allocation.exact[place];
      int nearest = verdict[place];
      int full = firstFull(nearest, minimum);
      if (full == NONE) {
        verdict[place] = NONE;
        open -= take(nearest, minimum) ? 0 : 1;
      } else {
        verdict[place] = NONE - 1 - full;
      }
    }
  }

  /** Refuses those who were, and those whom the walk did not come to. */
  private void settle() {
    for (int place = 0; place < forest.places(); place++) {
      int seen = verdict[place];
      if (seen != NONE) {
        int full = seen < NONE ? NONE - 1 - seen : firstFull(seen, allocation.exact[place]);
        refuse(place, Cause.PAUSED, inner[full]);
      }
    }
  }

  /** Takes up room; false when the outermost node above has none left after that. */
  private boolean take(int nearest, double minimum) {
    double left = 0;
    for (int node = nearest; node != NONE; node = above[node]) {
      left = room[node] - minimum;
      room[node] = left;
    }
    return left >= smallest;
  }

  /** Collects, by connector, who has a minimum and a contested node above it. */
  private int findContenders() {
    for (int place = 0; place < forest.places(); place++) {
      verdict[place] = allocation.exact[place] > 0 ? contested[forest.holder[place]] : NONE;
    }
    int count = 0;
    smallest = Double.POSITIVE_INFINITY;
    largest = 0;
    for (int place : forest.placeOfConnector) {
      if (verdict[place] != NONE) {
        sort.places[count++] = place;
        smallest = Math.min(smallest, allocation.exact[place]);
        largest = Math.max(largest, allocation.exact[place]);
      }
    }
    return count;
  }

  private int firstFull(int nearest, double minimum) {
    int node = nearest;
    while (node != NONE && minimum <= room[node]) {
      node = above[node];
    }
    return node;
  }
}
