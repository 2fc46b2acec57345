package io.busbar.balancing.allocation;

import io.busbar.balancing.allocation.Allocation.Cause;

/**
 * Decides who gets its minimum where conductors are bounded too: the walk in admission order, with
 * every node above everybody looked at.
 */
final class LineAdmission {

  private final AllocationProblem problem;
  private final Admission byWatts;
  private final Allocation allocation;
  private final GroupSums sums;
  private final PlaceSort sort;

  LineAdmission(AllocationProblem problem, Admission byWatts, Allocation allocation) {
    this.problem = problem;
    this.byWatts = byWatts;
    this.allocation = allocation;
    sums = new GroupSums(problem);
    sort = new PlaceSort(problem.forest.places());
  }

  /** See {@link Admission#admit}. */
  void admit() {
    byWatts.presume();
    sums.clear();
    int count = findContenders();
    if (!allFit()) {
      sort.byPriorityAndRank(problem.priority, problem.rank, count);
      sums.clear();
      for (int i = 0; i < count; i++) {
        walk(sort.places[i]);
      }
    }
  }

  /** Collects, by connector, who has a minimum; refuses those whom a line can never carry. */
  private int findContenders() {
    int count = 0;
    sums.clear();
    for (int place : problem.forest.placeOfConnector) {
      double minimum = allocation.exact[place];
      if (minimum > 0 && isPossible(place, minimum)) {
        sort.places[count++] = place;
      }
    }
    for (int i = 0; i < count; i++) {
      sums.add(sort.places[i], allocation.exact[sort.places[i]]);
    }
    return count;
  }

  private boolean isPossible(int place, double minimum) {
    int full = sums.firstFull(place, minimum);
    if (full >= 0) {
      byWatts.refuse(place, Cause.NEVER, full);
    }
    return full < 0;
  }

  private boolean allFit() {
    for (int inner = 1; inner < problem.forest.inners(); inner++) {
      if (!sums.fits(inner)) {
        return false;
      }
    }
    return true;
  }

  private void walk(int place) {
    double minimum = allocation.exact[place];
    int full = sums.firstFull(place, minimum);
    if (full < 0) {
      sums.add(place, minimum);
    } else {
      byWatts.refuse(place, Cause.PAUSED, full);
    }
  }
}
