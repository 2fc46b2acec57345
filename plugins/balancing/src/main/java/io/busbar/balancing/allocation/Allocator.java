package io.busbar.balancing.allocation;

import io.busbar.balancing.allocation.Allocation.Cause;
import java.util.Arrays;

/**
 * Shares what there is: admits by rank, then gives every class, the more important first, the
 * weighted max-min fair allocation under all limits. Exact, deterministic, and independent of the
 * order in which nodes and connectors are listed.
 *
 * <p>Raise a common level t from 0 and give everybody {@code clamp(weight · t, minimum, demand)}; a
 * node that is full stops everybody below it. Because limits form a tree, the level at which a node
 * fills depends on nothing outside of it, so that all of this is one walk from the leaves to the
 * roots: where the sum below a node exceeds what is left there, its level is found and everybody
 * below is lowered to it. What outer nodes lower further was, until then, right.
 *
 * <p>Not thread-safe; keeps its working memory between decisions.
 */
public final class Allocator {

  /** Slack in watts for sums of exact fractions in floating point. */
  static final double SLACK = 1e-6;

  private final AllocationProblem problem;
  private final Admission admission;
  private final LevelSearch search;
  private final double[] granted;
  private final double[] ceiling;
  private final double[] below;
  private final double[] fixed;
  private final int[] boundBy;
  private final Cause[] causes;
  private final Allocation allocation;

  public Allocator(AllocationProblem problem) {
    this.problem = problem;
    this.admission = new Admission(problem);
    this.search = new LevelSearch(problem.connectors());
    this.granted = new double[problem.connectors()];
    this.ceiling = new double[problem.connectors()];
    this.below = new double[problem.nodes()];
    this.fixed = new double[problem.nodes()];
    this.boundBy = new int[problem.connectors()];
    this.causes = new Cause[problem.connectors()];
    this.allocation = new Allocation(problem, granted, causes, boundBy);
  }

  /** Decides on the requests and limits as they are now. The result is overwritten by the next. */
  public Allocation allocate() {
    Arrays.fill(granted, 0);
    Arrays.fill(causes, Cause.NO_REQUEST);
    Arrays.fill(boundBy, -1);
    admission.decide(causes, boundBy);
    int[] classes = classes();
    if (classes.length == 1) {
      share(classes[0], true);
    } else {
      keepMinimums();
      for (int importance : classes) {
        share(importance, false);
      }
    }
    return allocation;
  }

  /** Classes that somebody admitted is in, the most important first. */
  private int[] classes() {
    boolean[] admitted = admission.admitted();
    int[] found = new int[4];
    int count = 0;
    for (int i = 0; i < admitted.length; i++) {
      if (admitted[i] && (count == 0 || !contains(found, count, problem.priority[i]))) {
        found = count == found.length ? Arrays.copyOf(found, 2 * count) : found;
        found[count++] = problem.priority[i];
      }
    }
    int[] classes = Arrays.copyOf(found, count);
    Arrays.sort(classes);
    for (int i = 0; i < count / 2; i++) {
      int other = classes[count - 1 - i];
      classes[count - 1 - i] = classes[i];
      classes[i] = other;
    }
    return classes;
  }

  private static boolean contains(int[] values, int count, int wanted) {
    for (int i = 0; i < count; i++) {
      if (values[i] == wanted) {
        return true;
      }
    }
    return false;
  }

  private void keepMinimums() {
    boolean[] admitted = admission.admitted();
    for (int i = 0; i < admitted.length; i++) {
      granted[i] = admitted[i] ? problem.minimum[i] : 0;
    }
  }

  /** Serves one class, beside what is granted to all others. */
  private void share(int importance, boolean alone) {
    Arrays.fill(below, 0);
    Arrays.fill(fixed, 0);
    boolean[] admitted = admission.admitted();
    for (int i = 0; i < admitted.length; i++) {
      boolean served = admitted[i] && problem.priority[i] == importance;
      int node = problem.nodeAt[i];
      if (served) {
        double own = problem.limit[node];
        boolean capped = own < problem.demand[i];
        ceiling[i] = Math.max(problem.minimum[i], capped ? own : problem.demand[i]);
        causes[i] = capped ? Cause.LIMITED : Cause.DEMAND_MET;
        boundBy[i] = capped ? node : -1;
        below[node] = ceiling[i];
      } else if (!alone) {
        fixed[node] = granted[i];
      }
      search.serve(i, served);
    }
    for (int node = below.length - 1; node >= 0; node--) {
      double left = problem.limit[node] - fixed[node];
      if (below[node] > left + SLACK && problem.end[node] - problem.begin[node] > 0) {
        lower(node, Math.max(0, left));
        below[node] = left;
      }
      int parent = problem.parent[node];
      if (parent >= 0) {
        below[parent] += below[node];
        fixed[parent] += fixed[node];
      }
    }
    for (int i = 0; i < admitted.length; i++) {
      if (search.served(i)) {
        granted[i] = ceiling[i];
      }
    }
  }

  private void lower(int node, double watts) {
    int begin = problem.begin[node];
    int end = problem.end[node];
    double level = search.level(problem, ceiling, begin, end, watts);
    for (int i = begin; i < end; i++) {
      if (search.served(i)) {
        double most = Math.max(problem.minimum[i], problem.weight[i] * level);
        if (most < ceiling[i]) {
          ceiling[i] = most;
          causes[i] = Cause.LIMITED;
          boundBy[i] = node;
        }
      }
    }
  }
}
