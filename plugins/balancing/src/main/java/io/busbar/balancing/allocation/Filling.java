package io.busbar.balancing.allocation;

import io.busbar.balancing.allocation.Allocation.Cause;
import java.util.Arrays;

/**
 * Shares what is left among one class.
 *
 * <p>In a forest the fair power of a connector is clamp(w t, m, c), where t is the smallest level
 * of the nodes above it, and a node's level is the one at which it would be full by itself, the
 * nodes below it having done their part: raising a common level, a node stops whatever is below it
 * the moment it is full, and until then nothing above it has had any influence. So levels are found
 * from the leaves to the root, and only where a node cannot carry what the nodes below it let
 * through, which takes one addition per node to know.
 */
final class Filling {

  private static final double OPEN = Double.POSITIVE_INFINITY;

  private final AllocationProblem problem;
  private final Forest forest;
  private final double[] cap;
  private final double[] committed;
  private final Allocation allocation;

  private final Levels caps;
  private final Levels floors;
  private final LevelSearch search;

  private final PlaceSort sort;
  private final Section whole;
  private final Section chosen;

  /** What is being served; all arrays below go by its numbers. */
  private Section section;

  /** By inner node: watts above what is committed that reach it from below. */
  private final double[] wanted;

  /** By inner node: how much of it is too much; 0 where it all fits. */
  private final double[] excess;

  /** By inner node: the level that fills it; then the smallest at or above it. */
  private final double[] level;

  /** By inner node: the one at or above it whose level that is. */
  private final int[] stopper;

  /** By inner node: bends on the stacks that lie below it. */
  private final int[] capCount;

  private final int[] floorCount;
  private final double[] highestFloor;

  /**
   * For one problem.
   *
   * @param cap by place: the most it can get
   * @param committed by inner node: watts given away already, at first the admitted minimums
   */
  Filling(AllocationProblem problem, double[] cap, double[] committed, Allocation allocation) {
    this.problem = problem;
    this.forest = problem.forest;
    this.cap = cap;
    this.committed = committed;
    this.allocation = allocation;
    int inners = forest.inners();
    caps = new Levels(forest.places() + inners);
    floors = new Levels(forest.places());
    search = new LevelSearch(caps, floors);
    wanted = new double[inners];
    excess = new double[inners];
    level = new double[inners];
    stopper = new int[inners];
    capCount = new int[inners];
    floorCount = new int[inners];
    highestFloor = new double[inners];
    sort = new PlaceSort(forest.places());
    whole = Section.whole(forest);
    chosen = Section.of(forest);
  }

  /** Gives every class its share on top of the admitted minimums, the most important first. */
  void shareAll() {
    int count = 0;
    for (int place = 0; place < cap.length; place++) {
      sort.places[count] = place;
      count += cap[place] > allocation.exact[place] ? 1 : 0;
    }
    sort.byPriority(problem.priority, count);
    for (int from = 0; from < count; ) {
      int to = endOfClass(from, count);
      section = sectionOf(from, to, count);
      share();
      if (to < count) {
        commit();
      }
      from = to;
    }
  }

  private Section sectionOf(int from, int to, int count) {
    boolean onlyClass = to - from == count;
    if (onlyClass && 2 * count > cap.length) {
      return whole; // Looking at all is cheaper than leaving a few out.
    }
    chosen.choose(sort.places, from, to);
    return chosen;
  }

  private int endOfClass(int from, int count) {
    int priority = problem.priority[sort.places[from]];
    int to = from;
    while (to < count && problem.priority[sort.places[to]] == priority) {
      to++;
    }
    return to;
  }

  private void share() {
    Arrays.fill(wanted, 0, section.size, 0);
    Arrays.fill(level, 0, section.size, OPEN);
    if (findExcess()) {
      findLevels();
    }
    give();
  }

  /** From the leaves up: what gets through, and where it does not. */
  private boolean findExcess() {
    boolean any = false;
    for (int inner = section.size - 1; inner >= 0; inner--) {
      double watts = wanted[inner];
      for (int member = section.first[inner]; member < section.first[inner + 1]; member++) {
        int place = section.members[member];
        watts += cap[place] - allocation.exact[place];
      }
      double room =
          Math.max(problem.limit[section.inner[inner]] - committed[section.inner[inner]], 0);
      boolean fits = watts <= room + Allocator.SLACK;
      excess[inner] = fits ? 0 : watts - room;
      any |= !fits;
      if (inner != Forest.JOINING_ROOT) {
        wanted[section.up[inner]] += fits ? watts : room;
      }
    }
    return any;
  }

  /** From the leaves up again, below the nodes that are too small: at which level each is full. */
  private void findLevels() {
    int inners = section.size;
    Arrays.fill(capCount, 0, inners, 0);
    Arrays.fill(floorCount, 0, inners, 0);
    Arrays.fill(highestFloor, 0, inners, 0);
    for (int inner = 0; inner < inners; inner++) {
      // Until its turn comes, a node's stopper says whether anything at or above it is too small.
      boolean above = inner > 0 && stopper[section.up[inner]] >= 0;
      stopper[inner] = above || excess[inner] > 0 ? inner : -1;
    }
    caps.size = 0;
    floors.size = 0;
    for (int inner = inners - 1; inner >= 0; inner--) {
      if (stopper[inner] >= 0) {
        pushBends(inner);
        if (excess[inner] > 0) {
          lower(inner);
        }
        pass(inner);
      }
    }
  }

  /** Puts down the bends of a node's own connectors; written always, kept if they matter. */
  private void pushBends(int inner) {
    int capsEnd = caps.size;
    int floorsEnd = floors.size;
    double highest = highestFloor[inner];
    for (int member = section.first[inner]; member < section.first[inner + 1]; member++) {
      int place = section.members[member];
      double weight = problem.weight[place];
      double least = allocation.exact[place];
      boolean rises = cap[place] > least;
      caps.level[capsEnd] = cap[place] / weight;
      caps.weight[capsEnd] = weight;
      capsEnd += rises ? 1 : 0;
      double floor = least / weight;
      floors.level[floorsEnd] = floor;
      floors.weight[floorsEnd] = weight;
      floorsEnd += rises & least > 0 ? 1 : 0;
      highest = Math.max(highest, rises ? floor : 0);
    }
    capCount[inner] += capsEnd - caps.size;
    floorCount[inner] += floorsEnd - floors.size;
    caps.size = capsEnd;
    floors.size = floorsEnd;
    highestFloor[inner] = highest;
  }

  private void lower(int inner) {
    int capsMark = caps.size - capCount[inner];
    int floorsMark = floors.size - floorCount[inner];
    level[inner] = search.lower(capsMark, floorsMark, highestFloor[inner], excess[inner]);
    capCount[inner] = caps.size - capsMark;
    floorCount[inner] = floors.size - floorsMark;
    highestFloor[inner] = Math.min(highestFloor[inner], level[inner]);
  }

  /** Hands what remains to the parent; drops it where nothing further up asks. */
  private void pass(int inner) {
    int parent = section.up[inner];
    if (inner == Forest.JOINING_ROOT || stopper[parent] < 0) {
      caps.size -= capCount[inner];
      floors.size -= floorCount[inner];
    } else {
      capCount[parent] += capCount[inner];
      floorCount[parent] += floorCount[inner];
      highestFloor[parent] = Math.max(highestFloor[parent], highestFloor[inner]);
    }
  }

  /** From the root down: the smallest level above, and the power it means. */
  private void give() {
    for (int inner = 0; inner < section.size; inner++) {
      stopper[inner] = inner;
      int parent = section.up[inner];
      if (level[parent] < level[inner]) {
        level[inner] = level[parent];
        stopper[inner] = stopper[parent];
      }
      for (int member = section.first[inner]; member < section.first[inner + 1]; member++) {
        give(section.members[member], level[inner], section.inner[stopper[inner]]);
      }
    }
  }

  private void give(int place, double upToLevel, int node) {
    double least = allocation.exact[place];
    double most = cap[place];
    double share = problem.weight[place] * upToLevel;
    if (most > least & share < most - Allocator.SLACK) {
      allocation.stop(place, Cause.LIMITED, node);
    }
    allocation.exact[place] = Math.min(Math.max(share, least), most);
  }

  /** From the leaves up: what this class got on top of its minimums is no longer there. */
  private void commit() {
    Arrays.fill(wanted, 0, section.size, 0);
    for (int inner = section.size - 1; inner >= 0; inner--) {
      double watts = wanted[inner];
      for (int member = section.first[inner]; member < section.first[inner + 1]; member++) {
        int place = section.members[member];
        watts += allocation.exact[place] - problem.minimum[place];
      }
      committed[section.inner[inner]] += watts;
      if (inner != Forest.JOINING_ROOT) {
        wanted[section.up[inner]] += watts;
      }
    }
  }
}
