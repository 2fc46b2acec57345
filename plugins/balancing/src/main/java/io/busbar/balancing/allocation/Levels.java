package io.busbar.balancing.allocation;

import java.util.Arrays;

/**
 * A stack of bends: levels at which the power of something below starts or stops to grow, with the
 * weight by which it does. What lies below a node is the upper end of the stack.
 */
final class Levels {

  double[] level = new double[64];
  double[] weight = new double[64];
  int size;

  /** Sums over the bends that {@link #dropFrom} took away last. */
  double droppedWatts;

  double droppedWeight;

  void push(double atLevel, double ofWeight) {
    if (size == level.length) {
      level = Arrays.copyOf(level, 2 * size);
      weight = Arrays.copyOf(weight, 2 * size);
    }
    level[size] = atLevel;
    weight[size++] = ofWeight;
  }

  /** How much less everything in the range gets at a level than where all of it has stopped. */
  double wattsAbove(int from, int to, double pivot) {
    double watts = 0;
    for (int i = from; i < to; i++) {
      watts += Math.max(level[i] - pivot, 0) * weight[i];
    }
    return watts;
  }

  /** Moves what is at or below a level to the front of the range and returns where it ends. */
  int keepUpTo(int from, int to, double pivot) {
    int kept = from;
    for (int i = from; i < to; i++) {
      double at = level[i];
      if (at <= pivot) {
        double of = weight[i];
        level[i] = level[kept];
        weight[i] = weight[kept];
        level[kept] = at;
        weight[kept++] = of;
      }
    }
    return kept;
  }

  /** Takes away what is at or above a level, sums it up, and returns where the rest ends. */
  int dropFrom(int from, int to, double pivot) {
    droppedWatts = 0;
    droppedWeight = 0;
    int kept = from;
    for (int i = from; i < to; i++) {
      if (level[i] < pivot) {
        level[kept] = level[i];
        weight[kept++] = weight[i];
      } else {
        droppedWatts += level[i] * weight[i];
        droppedWeight += weight[i];
      }
    }
    return kept;
  }
}
