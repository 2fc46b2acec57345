package io.busbar.balancing.allocation;

/**
 * A stack of bends: levels at which the power of something below starts or stops to grow, with the
 * weight by which it does. What lies below a node is the upper end of the stack.
 */
final class Levels {

  final double[] level;
  final double[] weight;
  int size;

  /** Sums over the bends that {@link #dropFrom} took away last. */
  double droppedWatts;

  double droppedWeight;

  /** Has room for one bend more than are ever kept, so that one can be written on trial. */
  Levels(int most) {
    level = new double[most + 1];
    weight = new double[most + 1];
  }

  void push(double atLevel, double ofWeight) {
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
      // Swapping always, and counting only what is to be kept, leaves no branch to guess.
      double at = level[i];
      double of = weight[i];
      level[i] = level[kept];
      weight[i] = weight[kept];
      level[kept] = at;
      weight[kept] = of;
      kept += at <= pivot ? 1 : 0;
    }
    return kept;
  }

  /** Takes away what is at or above a level, sums it up, and returns where the rest ends. */
  int dropFrom(int from, int to, double pivot) {
    double watts = 0;
    double weights = 0;
    int kept = from;
    for (int i = from; i < to; i++) {
      double at = level[i];
      double of = weight[i];
      level[kept] = at;
      weight[kept] = of;
      boolean keep = at < pivot;
      kept += keep ? 1 : 0;
      double dropped = keep ? 0 : of;
      watts += at * dropped;
      weights += dropped;
    }
    droppedWatts = watts;
    droppedWeight = weights;
    return kept;
  }
}
