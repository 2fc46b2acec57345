package io.busbar.balancing.decide;

import java.util.Arrays;

/**
 * Shares among charge points by raising one level for all of them in steps that halve, and splits
 * each budget in the same way. Slow, and shares nothing with the code under test but who was
 * admitted.
 */
final class ChargePointReference {

  private static final int HALVINGS = 60;

  private final SiteTree tree;
  private final int[] wants;
  private final boolean[] admitted;
  private final double[] weights;

  /**
   * @param got what connectors got; who got something was admitted
   */
  ChargePointReference(SiteTree tree, int[] wants, int[] got, double[] weights) {
    this.tree = tree;
    this.wants = wants;
    this.weights = weights;
    this.admitted = new boolean[got.length];
    for (int i = 0; i < got.length; i++) {
      admitted[i] = got[i] > 0;
    }
  }

  double[] watts() {
    int nodes = tree.size();
    double[] least = new double[nodes];
    double[] most = new double[nodes];
    double[] weight = new double[nodes];
    for (ConnectorRating connector : tree.connectors()) {
      int i = connector.number();
      if (admitted[i]) {
        int point = tree.parent(connector.node());
        least[point] += connector.minWatts();
        most[point] += cap(connector);
        weight[point] = Math.max(weight[point], weights[i]);
      }
    }
    for (int node = 0; node < nodes; node++) {
      most[node] = Math.min(most[node], tree.limits().watts(node));
    }
    double[] budget = fill(least, most, weight);
    double[] watts = new double[wants.length];
    for (int point = 0; point < nodes; point++) {
      if (weight[point] > 0) {
        split(point, budget[point], watts);
      }
    }
    return watts;
  }

  private double cap(ConnectorRating connector) {
    return Math.min(wants[connector.number()], tree.limits().watts(connector.node()));
  }

  /** Raises all that are free to the highest level that fits; who is below a full node stops. */
  private double[] fill(double[] least, double[] most, double[] weight) {
    double[] level = new double[weight.length];
    boolean[] free = new boolean[weight.length];
    for (int point = 0; point < weight.length; point++) {
      free[point] = weight[point] > 0;
    }
    while (any(free)) {
      double low = 0;
      double high = 1e6;
      for (int i = 0; i < HALVINGS; i++) {
        double middle = (low + high) / 2;
        boolean fits = fullest(at(middle, level, free, least, most, weight)) <= 1e-7;
        low = fits ? middle : low;
        high = fits ? high : middle;
      }
      double[] now = at(low, level, free, least, most, weight);
      double[] sums = sums(now);
      boolean stopped = false;
      for (int point = 0; point < free.length; point++) {
        if (free[point] && (now[point] >= most[point] - 1e-5 || isBelowFull(point, sums))) {
          free[point] = false;
          level[point] = low;
          stopped = true;
        }
      }
      if (!stopped) {
        throw new IllegalStateException("nobody stops at level " + low);
      }
    }
    return at(0, level, free, least, most, weight);
  }

  private static boolean any(boolean[] free) {
    for (boolean one : free) {
      if (one) {
        return true;
      }
    }
    return false;
  }

  private static double[] at(
      double common,
      double[] level,
      boolean[] free,
      double[] least,
      double[] most,
      double[] weight) {
    double[] watts = new double[weight.length];
    for (int point = 0; point < watts.length; point++) {
      double own = free[point] ? common : level[point];
      watts[point] = Math.min(most[point], Math.max(least[point], weight[point] * own));
    }
    return watts;
  }

  private double[] sums(double[] watts) {
    double[] sums = watts.clone();
    for (int node = sums.length - 1; node > 0; node--) {
      sums[tree.parent(node)] += sums[node];
    }
    return sums;
  }

  private double fullest(double[] watts) {
    double[] sums = sums(watts);
    double most = Double.NEGATIVE_INFINITY;
    for (int node = 0; node < sums.length; node++) {
      most = Math.max(most, sums[node] - tree.limits().watts(node));
    }
    return most;
  }

  private boolean isBelowFull(int point, double[] sums) {
    for (int at = point; at >= 0; at = tree.parent(at)) {
      if (sums[at] >= tree.limits().watts(at) - 1e-4) {
        return true;
      }
    }
    return false;
  }

  private void split(int point, double budget, double[] watts) {
    ConnectorRating[] own =
        tree.connectors().stream()
            .filter(c -> tree.parent(c.node()) == point && admitted[c.number()])
            .toArray(ConnectorRating[]::new);
    double low = 0;
    double high = 1e6;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      boolean fits = Arrays.stream(own).mapToDouble(c -> at(middle, c)).sum() <= budget + 1e-7;
      low = fits ? middle : low;
      high = fits ? high : middle;
    }
    for (ConnectorRating connector : own) {
      watts[connector.number()] = at(low, connector);
    }
  }

  private double at(double level, ConnectorRating connector) {
    double share = weights[connector.number()] * level;
    return Math.min(cap(connector), Math.max(connector.minWatts(), share));
  }
}
