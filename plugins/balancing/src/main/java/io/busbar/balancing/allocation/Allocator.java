package io.busbar.balancing.allocation;

import io.busbar.balancing.allocation.Allocation.Cause;

/**
 * Solves an allocation problem exactly, as the package describes. Deterministic, and independent of
 * the order in which nodes are listed.
 *
 * <p>Not thread-safe; keeps its working memory between decisions and so allocates none in the long
 * run.
 */
public final class Allocator {

  /** A node counts as full, and a minimum as fitting, within this many watts. */
  static final double SLACK = 1e-6;

  private final AllocationProblem problem;
  private final Allocation allocation;
  private final Admission admission;
  private final Filling filling;
  private final Rounding rounding;

  /** By place: the most it can get, its own node's limit considered; 0 for those not admitted. */
  private final double[] caps;

  public Allocator(AllocationProblem problem) {
    this.problem = problem;
    Forest forest = problem.forest;
    double[] committed = new double[forest.inners()];
    caps = new double[forest.places()];
    allocation = new Allocation(forest);
    admission = new Admission(problem, caps, committed, allocation);
    filling = new Filling(problem, caps, committed, allocation);
    rounding = new Rounding(problem, allocation);
  }

  /** Decides on the requests and limits as they are now. The result is overwritten by the next. */
  public Allocation allocate() {
    boundByOwnNodes();
    admission.admit();
    filling.shareAll();
    rounding.round();
    return allocation;
  }

  private void boundByOwnNodes() {
    for (int place = 0; place < caps.length; place++) {
      double demand = problem.demand[place];
      double own = problem.ownLimit[place];
      caps[place] = Math.min(demand, own);
      allocation.exact[place] = 0;
      if (demand > own) {
        allocation.stop(place, Cause.LIMITED, Allocation.OWN_NODE);
      } else {
        Cause cause = problem.requested[place] ? Cause.DEMAND_MET : Cause.NO_REQUEST;
        allocation.stop(place, cause, Allocation.NO_NODE);
      }
    }
  }
}
