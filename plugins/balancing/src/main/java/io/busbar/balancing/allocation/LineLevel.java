package io.busbar.balancing.allocation;

import java.util.Arrays;

/**
 * Finds the level at which a node is full: a line, or its watts. What flows grows with the level,
 * straight between bends, so the next guess is where the straight line would fill it; where that
 * leaves the range known to hold the answer, the range is halved.
 */
final class LineLevel {

  private static final int MOST_STEPS = 200;

  private final AllocationProblem problem;
  private final Wiring wiring;
  private final LineFilling filling;

  /** By group: watts at the level that was loaded last, and by how much they grow with it. */
  private double[] watts = {};

  private double[] slope = {};

  /** Groups that somebody who can still rise belongs to, as bits. */
  private int rising;

  LineLevel(AllocationProblem problem, LineFilling filling) {
    this.problem = problem;
    this.wiring = problem.wiring;
    this.filling = filling;
  }

  /**
   * The level that fills a node, at least {@code from}; infinite when nothing does.
   *
   * @param highest level at which everybody below it has all it can get
   */
  double find(int inner, double from, double highest) {
    load(inner, highest, false);
    if (over(inner) <= 0) {
      return Double.POSITIVE_INFINITY;
    }
    load(inner, from, true);
    if (over(inner) >= 0) {
      return from;
    }
    return search(inner, from, highest);
  }

  private double search(int inner, double from, double highest) {
    double least = from;
    double most = highest;
    double level = from + reach(inner);
    for (int step = 0; step < MOST_STEPS; step++) {
      if (!(level > least && level < most)) {
        level = least + (most - least) / 2;
      }
      if (level <= least || level >= most) {
        return least; // the two are neighbours among numbers
      }
      load(inner, level, true);
      double over = over(inner);
      if (over == 0) {
        return level;
      }
      if (over < 0) {
        least = level;
      } else {
        most = level;
        load(inner, level, false);
      }
      level += reach(inner);
    }
    return least;
  }

  /** Adds up what a node carries at a level; growth upwards of it, or downwards. */
  private void load(int inner, double level, boolean upwards) {
    if (watts.length != wiring.groups) {
      watts = new double[wiring.groups];
      slope = new double[wiring.groups];
    }
    Arrays.fill(slope, 0);
    for (int group = 0; group < watts.length; group++) {
      watts[group] = filling.settled(inner, group);
    }
    rising = 0;
    int end = filling.endOf(inner);
    for (int place = filling.beginOf(inner); place < end; place++) {
      if (filling.isOpen(place)) {
        add(place, level, upwards);
      }
    }
  }

  private void add(int place, double level, boolean upwards) {
    int group = wiring.group[place];
    double weight = problem.weight[place];
    double share = weight * level;
    double least = filling.least(place);
    double most = filling.most(place);
    boolean grows = upwards ? share >= least && share < most : share > least && share <= most;
    watts[group] += Math.min(Math.max(share, least), most);
    slope[group] += grows ? weight : 0;
    rising |= 1 << group;
  }

  /** Above 0 when something that can rise is too much, 0 when it is just full. */
  private double over(int inner) {
    double sum = 0;
    for (double part : watts) {
      sum += part;
    }
    double worst = slack(sum - problem.limit[inner], Allocator.SLACK);
    for (LineLimit line : wiring.lines[inner]) {
      if (line.carriesAny(rising)) {
        double over = line.flow(watts, 0) - line.amps();
        worst = Math.max(worst, slack(over, GroupSums.AMPS_SLACK));
      }
    }
    return worst;
  }

  /** A thousandth of the slack counts as full; so the rest of it stays for what rounds. */
  private static double slack(double over, double slack) {
    return Math.abs(over) <= slack / 1_000 ? 0 : over;
  }

  private double reach(int inner) {
    double sum = 0;
    double growth = 0;
    for (int group = 0; group < watts.length; group++) {
      sum += watts[group];
      growth += slope[group];
    }
    double least = growth > 0 ? (problem.limit[inner] - sum) / growth : Double.POSITIVE_INFINITY;
    for (LineLimit line : wiring.lines[inner]) {
      least = Math.min(least, line.reach(watts, slope));
    }
    return least;
  }

  /** The groups that stop at a level because of this node, as bits. */
  int stopped(int inner, double level) {
    load(inner, level, true);
    double sum = 0;
    for (double part : watts) {
      sum += part;
    }
    if (sum >= problem.limit[inner] - Allocator.SLACK) {
      return -1;
    }
    int groups = 0;
    double closest = Double.NEGATIVE_INFINITY;
    for (LineLimit line : wiring.lines[inner]) {
      double over = line.flow(watts, 0) - line.amps();
      boolean full = over >= -GroupSums.AMPS_SLACK;
      if (line.carriesAny(rising) && (full || over > closest)) {
        groups = full && closest >= -GroupSums.AMPS_SLACK ? groups | line.groups() : line.groups();
        closest = Math.max(closest, over);
      }
    }
    return groups;
  }
}
