package io.busbar.balancing.allocation;

/**
 * Finds the common level at which a range of connectors takes exactly so much: the t with {@code Σ
 * clamp(weight · t, minimum, ceiling) = watts}. Guesses the level of all that are undecided; on one
 * side of the guess, those who would leave their bounds certainly end at them and are decided;
 * again, until nobody leaves. Every round decides at least one, in practice most of them.
 */
final class LevelSearch {

  private final boolean[] served;
  private final int[] open;

  LevelSearch(int connectors) {
    served = new boolean[connectors];
    open = new int[connectors];
  }

  void serve(int position, boolean now) {
    served[position] = now;
  }

  boolean served(int position) {
    return served[position];
  }

  /**
   * The level.
   *
   * @param ceiling most that each may get
   * @param begin first position
   * @param end behind the last
   * @param watts what they may take together: between the sums of minimums and of ceilings
   */
  double level(AllocationProblem problem, double[] ceiling, int begin, int end, double watts) {
    double[] weight = problem.weight;
    double[] minimum = problem.minimum;
    int count = 0;
    double weights = 0;
    for (int i = begin; i < end; i++) {
      if (served[i]) {
        open[count++] = i;
        weights += weight[i];
      }
    }
    double left = watts;
    double level = left / weights;
    while (count > 0) {
      double over = 0;
      double under = 0;
      for (int k = 0; k < count; k++) {
        int i = open[k];
        double share = weight[i] * level;
        if (share > ceiling[i]) {
          over += share - ceiling[i];
        } else if (share < minimum[i]) {
          under += minimum[i] - share;
        }
      }
      if (over == 0 && under == 0) {
        return level;
      }
      boolean high = over >= under;
      boolean low = under >= over;
      int kept = 0;
      for (int k = 0; k < count; k++) {
        int i = open[k];
        double share = weight[i] * level;
        if (high && share > ceiling[i]) {
          left -= ceiling[i];
          weights -= weight[i];
        } else if (low && share < minimum[i]) {
          left -= minimum[i];
          weights -= weight[i];
        } else {
          open[kept++] = i;
        }
      }
      count = kept;
      if (count > 0) {
        level = Math.max(0, left) / weights;
      }
    }
    return level;
  }
}
