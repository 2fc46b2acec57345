package io.busbar.balancing.allocation;

import io.busbar.balancing.allocation.Allocation.Cause;
import java.util.Arrays;

/**
 * Decides who gets its minimum where some are held and some can wait.
 *
 * <p>In admission order everybody is presumed to use all that is left for it. Who can wait and has
 * nothing left, because those before it fill a node above, gains the site nothing and is paused;
 * everybody else is admitted if its minimum fits. In a tree of watts it does not matter in which
 * order places are presumed to use power: a node that they fill is full, or below a full one, in
 * every sharing among them that wastes nothing. So whoever waits could only take from others.
 */
final class PatientAdmission {

  /** Less than this is not worth admitting anybody for. */
  private static final double LEAST_WATTS = 1;

  /** Halvings that find how much of a currents' limit is left: to a millionth of what is wanted. */
  private static final int HALVINGS = 20;

  private final AllocationProblem problem;
  private final Admission byWatts;
  private final double[] cap;
  private final double[] committed;
  private final Allocation allocation;
  private final PlaceSort sort;

  /** Admitted minimums. */
  private final GroupSums minimums;

  /** What those admitted can use. */
  private final GroupSums used;

  /** By place: whether it could wait, but would leave power unused after all. */
  private final boolean[] insisting;

  PatientAdmission(
      AllocationProblem problem,
      Admission byWatts,
      double[] cap,
      double[] committed,
      Allocation allocation) {
    this.problem = problem;
    this.byWatts = byWatts;
    this.cap = cap;
    this.committed = committed;
    this.allocation = allocation;
    sort = new PlaceSort(problem.forest.places());
    minimums = new GroupSums(problem);
    used = new GroupSums(problem);
    insisting = new boolean[problem.forest.places()];
  }

  /** Whether anybody is held or can wait. */
  boolean isAsked() {
    for (int place = 0; place < cap.length; place++) {
      if (problem.requested[place] && problem.patience[place] != Patience.DUE) {
        return true;
      }
    }
    return false;
  }

  /** See {@link Admission#admit}. */
  void admit() {
    Arrays.fill(insisting, false);
    admitAgain();
  }

  private void admitAgain() {
    byWatts.presume();
    minimums.clear();
    used.clear();
    int count = findContenders();
    sort.byPriorityAndRank(problem.priority, problem.rank, count);
    for (int i = 0; i < count; i++) {
      if (problem.patience[sort.places[i]] == Patience.HELD) {
        commit(sort.places[i]);
      }
    }
    for (int from = 0; from < count; ) {
      int to = endOfClass(from, count);
      walk(from, to, false);
      walk(from, to, true);
      from = to;
    }
    Commitments.sum(problem.forest, allocation.exact, committed);
  }

  /**
   * Where currents are bounded, what places use does depend on the order. Looks at what was shared,
   * and admits again if somebody waits for whom there is room.
   *
   * @return whether it did, so that it has to be shared again
   */
  boolean reconsider() {
    used.clear();
    for (int place = 0; place < cap.length; place++) {
      if (allocation.exact[place] > 0) {
        used.add(place, allocation.exact[place]);
      }
    }
    boolean any = false;
    for (int place = 0; place < cap.length; place++) {
      if (allocation.isPaused(place) && canWait(place)) {
        double least =
            Math.max(LEAST_WATTS, Math.min(problem.minimum[place], problem.demand[place]));
        insisting[place] = used.firstFull(place, least) < 0;
        any |= insisting[place];
      }
    }
    if (any) {
      admitAgain();
    }
    return any;
  }

  private boolean canWait(int place) {
    return problem.patience[place] == Patience.CAN_WAIT && !insisting[place];
  }

  /** Collects, by connector, who can get anything at all. */
  private int findContenders() {
    int count = 0;
    for (int place : problem.forest.placeOfConnector) {
      if (cap[place] > 0 && isPossible(place)) {
        sort.places[count++] = place;
      }
    }
    return count;
  }

  private boolean isPossible(int place) {
    int full = minimums.firstFull(place, allocation.exact[place]);
    if (full >= 0) {
      byWatts.refuse(place, Cause.NEVER, full);
    }
    return full < 0;
  }

  private int endOfClass(int from, int count) {
    int to = from;
    while (to < count && problem.priority[sort.places[to]] == problem.priority[sort.places[from]]) {
      to++;
    }
    return to;
  }

  private void walk(int from, int to, boolean waiting) {
    for (int i = from; i < to; i++) {
      if (waiting == (problem.patience[sort.places[i]] == Patience.CAN_WAIT)) {
        walk(sort.places[i]);
      }
    }
  }

  private void walk(int place) {
    if (cap[place] == 0) {
      return; // Held, but there was no room.
    }
    boolean held = problem.patience[place] == Patience.HELD;
    double wanted = held ? cap[place] - allocation.exact[place] : cap[place];
    int full = used.firstFull(place, Math.min(wanted, LEAST_WATTS));
    if (full >= 0 && canWait(place)) {
      byWatts.refuse(place, Cause.PAUSED, full);
    } else if (held || commit(place)) {
      used.add(place, full >= 0 ? 0 : left(place, wanted));
    }
  }

  /** Admits it if its minimum fits. */
  private boolean commit(int place) {
    double minimum = allocation.exact[place];
    int full = minimums.firstFull(place, minimum);
    if (full >= 0) {
      byWatts.refuse(place, Cause.PAUSED, full);
      return false;
    }
    minimums.add(place, minimum);
    if (problem.patience[place] == Patience.HELD) {
      used.add(place, minimum);
    }
    return true;
  }

  /** How much of what it wants those before it leave. */
  private double left(int place, double wanted) {
    if (used.firstFull(place, wanted) < 0) {
      return wanted;
    }
    double fits = 0;
    double tooMuch = wanted;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (fits + tooMuch) / 2;
      if (used.firstFull(place, middle) < 0) {
        fits = middle;
      } else {
        tooMuch = middle;
      }
    }
    return fits;
  }
}
