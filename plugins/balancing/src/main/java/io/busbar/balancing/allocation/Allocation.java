package io.busbar.balancing.allocation;

/**
 * Who gets how much, and what stopped each. Valid until the allocator that made it decides again.
 */
public final class Allocation {

  /** Why a connector did not get more. */
  public enum Cause {
    /** It has no request. */
    NO_REQUEST,
    /** It got all it wanted. */
    DEMAND_MET,
    /** A node at or above it is full. */
    LIMITED,
    /**
     * It was not admitted: its minimum does not fit under a node beside what was admitted before.
     */
    PAUSED,
    /** Its minimum is above its demand or above a limit on its path: it can never start. */
    NEVER
  }

  private final AllocationProblem problem;
  private final double[] exact;
  private final Cause[] causes;
  private final int[] boundBy;

  Allocation(AllocationProblem problem, double[] exact, Cause[] causes, int[] boundBy) {
    this.problem = problem;
    this.exact = exact;
    this.causes = causes;
    this.boundBy = boundBy;
  }

  /** Whole watts, rounded down; exact values a millionth below a whole number count as it. */
  public int watts(int connector) {
    return (int) Math.floor(exactWatts(connector) + Allocator.SLACK);
  }

  /** The value before rounding. */
  public double exactWatts(int connector) {
    return exact[problem.positionOf[connector]];
  }

  public Cause cause(int connector) {
    return causes[problem.positionOf[connector]];
  }

  /**
   * The node that stopped a connector.
   *
   * @throws IllegalStateException if nothing did
   */
  public int boundBy(int connector) {
    int node = boundBy[problem.positionOf[connector]];
    if (node < 0) {
      throw new IllegalStateException("connector " + connector + " is " + cause(connector));
    }
    return node;
  }

  /** Whole watts of everything at and below a node. */
  public long wattsBelow(int node) {
    long sum = 0;
    for (int position = problem.begin[node]; position < problem.end[node]; position++) {
      sum += (long) Math.floor(exact[position] + Allocator.SLACK);
    }
    return sum;
  }
}
