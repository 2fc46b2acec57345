package io.busbar.balancing.allocation;

import io.busbar.balancing.allocation.Allocation.Cause;

/**
 * Shares what is left among one class where conductors are bounded too. A common level rises;
 * whenever a node is full, those below it whose current flows through what is full stop, and the
 * rest goes on. The level at which a node will be full only ever rises while others stop, so it is
 * found once, kept in a heap, and found again only when it comes up and somebody below has stopped
 * since.
 */
final class LineFilling {

  private static final double OPEN = Double.POSITIVE_INFINITY;

  private final AllocationProblem problem;
  private final Forest forest;
  private final double[] cap;
  private final Allocation allocation;
  private final PlaceSort sort;
  private final GroupSums settled;
  private final LineLevel search;
  private final LevelHeap heap;

  /** By inner node and one more: the first place at or below it. */
  private final int[] begin;

  private final int[] end;

  /** By inner node: the level that fills it, as far as is known. */
  private final double[] level;

  /** By inner node: the level at which everybody below it has all it can get. */
  private final double[] highest;

  /** By inner node: whether somebody below has stopped since its level was found. */
  private final boolean[] outdated;

  /** By inner node: how many below it can still rise. */
  private final int[] openBelow;

  /** By place: whether it is of the class that is served, and can still rise. */
  private final boolean[] open;

  LineFilling(AllocationProblem problem, double[] cap, Allocation allocation) {
    this.problem = problem;
    this.forest = problem.forest;
    this.cap = cap;
    this.allocation = allocation;
    int inners = forest.inners();
    sort = new PlaceSort(forest.places());
    settled = new GroupSums(problem);
    search = new LineLevel(problem, this);
    level = new double[inners];
    highest = new double[inners];
    outdated = new boolean[inners];
    openBelow = new int[inners];
    open = new boolean[forest.places()];
    heap = new LevelHeap(level);
    begin = forest.firstPlace;
    end = new int[inners];
    for (int inner = inners - 1; inner >= 0; inner--) {
      end[inner] = Math.max(end[inner], forest.firstPlace[inner + 1]);
      if (inner != Forest.JOINING_ROOT) {
        end[forest.up[inner]] = Math.max(end[forest.up[inner]], end[inner]);
      }
    }
  }

  /** Gives every class its share on top of the admitted minimums, the most important first. */
  void shareAll() {
    settled.clear();
    int count = 0;
    for (int place = 0; place < cap.length; place++) {
      settled.add(place, allocation.exact[place]);
      sort.places[count] = place;
      count += cap[place] > allocation.exact[place] ? 1 : 0;
    }
    sort.byPriority(problem.priority, count);
    for (int from = 0; from < count; ) {
      int to = from;
      int priority = problem.priority[sort.places[from]];
      while (to < count && problem.priority[sort.places[to]] == priority) {
        to++;
      }
      share(from, to);
      from = to;
    }
  }

  private void share(int from, int to) {
    for (int i = from; i < to; i++) {
      open(sort.places[i]);
    }
    fill();
    for (int i = from; i < to; i++) {
      int place = sort.places[i];
      if (open[place]) {
        settle(place, cap[place]);
      }
    }
  }

  private void open(int place) {
    open[place] = true;
    settled.add(place, -allocation.exact[place]);
    double full = cap[place] / problem.weight[place];
    for (int inner = forest.holder[place]; inner != 0; inner = forest.up[inner]) {
      highest[inner] = openBelow[inner]++ == 0 ? full : Math.max(highest[inner], full);
    }
  }

  private void fill() {
    heap.clear();
    for (int inner = 1; inner < forest.inners(); inner++) {
      if (openBelow[inner] > 0) {
        find(inner, 0);
      }
    }
    while (!heap.isEmpty()) {
      int inner = heap.poll();
      if (openBelow[inner] == 0) {
        continue;
      }
      if (outdated[inner]) {
        find(inner, level[inner]);
      } else {
        stop(inner);
      }
    }
  }

  private void find(int inner, double from) {
    outdated[inner] = false;
    level[inner] = search.find(inner, from, highest[inner]);
    if (level[inner] < OPEN) {
      heap.add(inner);
    }
  }

  private void stop(int inner) {
    int groups = search.stopped(inner, level[inner]);
    for (int place = begin[inner]; place < end[inner]; place++) {
      if (open[place] && (groups & 1 << problem.wiring.group[place]) != 0) {
        double share = problem.weight[place] * level[inner];
        if (share < cap[place] - Allocator.SLACK) {
          allocation.stop(place, Cause.LIMITED, inner);
        }
        settle(place, Math.min(Math.max(share, allocation.exact[place]), cap[place]));
      }
    }
    if (openBelow[inner] > 0) {
      find(inner, level[inner]);
    }
  }

  private void settle(int place, double watts) {
    open[place] = false;
    allocation.exact[place] = watts;
    settled.add(place, watts);
    for (int inner = forest.holder[place]; inner != 0; inner = forest.up[inner]) {
      outdated[inner] = true;
      openBelow[inner]--;
    }
  }

  int beginOf(int inner) {
    return begin[inner];
  }

  int endOf(int inner) {
    return end[inner];
  }

  boolean isOpen(int place) {
    return open[place];
  }

  double least(int place) {
    return allocation.exact[place];
  }

  double most(int place) {
    return cap[place];
  }

  double settled(int inner, int group) {
    return settled.get(inner, group);
  }
}
