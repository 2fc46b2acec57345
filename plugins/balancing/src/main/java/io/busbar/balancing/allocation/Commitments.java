package io.busbar.balancing.allocation;

import java.util.Arrays;

/** Sums by node. */
final class Commitments {

  private Commitments() {}

  /** Adds up, for every inner node, the watts of the places at or below it. */
  static void sum(Forest forest, double[] watts, double[] sums) {
    Arrays.fill(sums, 0, forest.inners(), 0);
    for (int inner = forest.inners() - 1; inner >= 0; inner--) {
      double sum = sums[inner];
      for (int place = forest.firstPlace[inner]; place < forest.firstPlace[inner + 1]; place++) {
        sum += watts[place];
      }
      sums[inner] = sum;
      if (inner != Forest.JOINING_ROOT) {
        sums[forest.up[inner]] += sum;
      }
    }
  }
}
