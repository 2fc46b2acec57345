package io.busbar.simulator;

import java.util.List;
import java.util.SplittableRandom;

/** Draws from distributions. */
final class Chance {

  private Chance() {}

  /** A count whose mean is given. */
  static int poisson(double mean, SplittableRandom random) {
    double limit = Math.exp(-mean);
    int count = 0;
    for (double product = random.nextDouble(); product > limit; count++) {
      product *= random.nextDouble();
    }
    return count;
  }

  /** Standard normal, by the polar method. */
  static double normal(SplittableRandom random) {
    while (true) {
      double u = random.nextDouble(-1, 1);
      double v = random.nextDouble(-1, 1);
      double s = u * u + v * v;
      if (s > 0 && s < 1) {
        return u * Math.sqrt(-2 * Math.log(s) / s);
      }
    }
  }

  /** Share of a standard normal distribution that is below z; off by less than 0.0002. */
  static double below(double z) {
    return 1 / (1 + Math.exp(-1.5976 * z - 0.07056 * z * z * z));
  }

  /** Value at a share of a distribution, given at evenly spaced quantiles. */
  static double quantile(List<Double> quantiles, double share) {
    double position = Math.clamp(share, 0, 1) * (quantiles.size() - 1);
    int below = Math.min((int) position, quantiles.size() - 2);
    double from = quantiles.get(below);
    return from + (quantiles.get(below + 1) - from) * (position - below);
  }
}
