package io.busbar.bench;

import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;

/**
 * The fair allocation as whoever has a linear-programming solver would compute it: raise the common
 * level of all that can still rise as far as the program allows, keep those that are stopped there,
 * and go on with the rest. Power is in watts.
 */
final class FairProgram {

  /** A cap counts as reached, and a limit as full, within this many watts. */
  private static final double NEAR = 1e-6;

  private final SharedTree tree;
  private final boolean[] open;
  private final double[] watts;
  private int programs;

  /**
   * A problem of one class.
   *
   * @param admitted by connector: whether it gets its minimum at least; others get nothing
   */
  FairProgram(SharedTree tree, boolean[] admitted) {
    this.tree = tree;
    this.open = admitted.clone();
    this.watts = new double[admitted.length];
  }

  /** Watts by connector. */
  double[] solve() {
    while (isAnyOpen()) {
      double level = highestLevel();
      programs++;
      if (!stop(level)) {
        throw new IllegalStateException("nobody is stopped at level " + level);
      }
    }
    return watts;
  }

  /** How many linear programs were solved. */
  int programs() {
    return programs;
  }

  private boolean isAnyOpen() {
    for (boolean one : open) {
      if (one) {
        return true;
      }
    }
    return false;
  }

  private double highestLevel() {
    ExpressionsBasedModel model = new ExpressionsBasedModel();
    Variable level = model.newVariable("level").lower(0).weight(1);
    Variable[] share = new Variable[open.length];
    for (int i = 0; i < open.length; i++) {
      if (open[i]) {
        share[i] = model.newVariable("x" + i).lower(tree.minimum(i)).upper(tree.demand(i));
        model.newExpression("fair" + i).lower(0).set(share[i], 1).set(level, -tree.weight(i));
      }
    }
    double[] taken = tree.sums(watts);
    Expression[] limits = new Expression[tree.nodes()];
    for (int i = 0; i < open.length; i++) {
      for (int node = tree.nodeOf(i); open[i] && node >= 0; node = tree.parent(node)) {
        if (tree.limit(node) < Double.POSITIVE_INFINITY) {
          if (limits[node] == null) {
            double room = tree.limit(node) - taken[node];
            limits[node] = model.newExpression("node" + node).upper(room);
          }
          limits[node].set(share[i], 1);
        }
      }
    }
    Optimisation.Result result = model.maximise();
    if (!result.getState().isOptimal()) {
      throw new IllegalStateException("the solver says " + result);
    }
    return result.doubleValue(model.indexOf(level));
  }

  /** Keeps those who cannot rise above a level; false if nobody. */
  private boolean stop(double level) {
    double[] least = watts.clone();
    for (int i = 0; i < open.length; i++) {
      least[i] = open[i] ? least(i, level) : watts[i];
    }
    double[] sums = tree.sums(least);
    boolean any = false;
    for (int i = 0; i < open.length; i++) {
      if (open[i] && (least[i] >= tree.demand(i) - NEAR || isFull(i, sums))) {
        watts[i] = least[i];
        open[i] = false;
        any = true;
      }
    }
    return any;
  }

  private double least(int i, double level) {
    return Math.min(Math.max(tree.minimum(i), tree.weight(i) * level), tree.demand(i));
  }

  private boolean isFull(int i, double[] sums) {
    for (int node = tree.nodeOf(i); node >= 0; node = tree.parent(node)) {
      if (sums[node] >= tree.limit(node) - NEAR) {
        return true;
      }
    }
    return false;
  }
}
