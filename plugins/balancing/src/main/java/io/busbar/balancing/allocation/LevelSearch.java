package io.busbar.balancing.allocation;

/**
 * Finds the level at which a node is exactly full.
 *
 * <p>Below the node, a connector's power over the common level t is clamp(w t, m, c): it bends at
 * m/w, its floor, where it starts to grow, and at c/w, its cap, where it stops. From the top
 * downwards the power therefore falls by
 *
 * <pre>
 * cut(t) = sum over caps c/w above t of w (c/w - t) - sum over floors m/w above t of w (m/w - t)
 * </pre>
 *
 * which is continuous, monotone and linear between bends. The search picks bends as pivots and
 * keeps the side on which cut(t) crosses the excess, so it ends in one linear piece, where the
 * level is exact; what it has put aside is never looked at again (expected linear time).
 *
 * <p>Above the level found nothing below this node ever bends again for any node above it, so what
 * is there becomes a single cap at that level. That makes a tree of full nodes cheap.
 */
final class LevelSearch {

  private final Levels caps;
  private final Levels floors;

  private int capsFrom;
  private int capsTo;
  private int floorsFrom;
  private int floorsTo;
  private double cutWatts;
  private double cutWeight;
  private double least;
  private double most;
  private long shuffle;

  LevelSearch(Levels caps, Levels floors) {
    this.caps = caps;
    this.floors = floors;
  }

  /**
   * Lowers everything from two marks to the ends of the stacks.
   *
   * @param highestFloor no floor in the range is above it
   * @param excess watts that are too many when every cap is reached; above 0
   * @return the level at which exactly the excess is cut; the stacks hold what remains below it
   */
  double lower(int capsMark, int floorsMark, double highestFloor, double excess) {
    double watts = 0;
    double weight = 0;
    double lowestCap = Double.POSITIVE_INFINITY;
    for (int i = capsMark; i < caps.size; i++) {
      double level = caps.level[i];
      watts += level * caps.weight[i];
      weight += caps.weight[i];
      lowestCap = Math.min(lowestCap, level);
    }
    double guess = (watts - excess) / weight;
    if (guess <= lowestCap && guess >= highestFloor) {
      caps.size = capsMark;
      caps.push(guess, weight);
      return guess;
    }
    return search(capsMark, floorsMark, Math.max(guess, 0), excess);
  }

  private double search(int capsMark, int floorsMark, double firstPivot, double excess) {
    capsFrom = capsMark;
    capsTo = caps.size;
    floorsFrom = floorsMark;
    floorsTo = floors.size;
    cutWatts = 0;
    cutWeight = 0;
    least = 0;
    most = Double.POSITIVE_INFINITY;
    shuffle = capsTo;
    double pivot = firstPivot;
    while (true) {
      narrow(pivot, excess);
      int open = capsTo - capsFrom + floorsTo - floorsFrom;
      if (open == 0) {
        break;
      }
      pivot = anyBend(open);
    }
    // Where rounding leaves no slope, nothing bends between the two bounds: either serves.
    double level = Math.clamp((cutWatts - excess) / cutWeight, least, most);
    if (!(cutWeight > 0)) {
      level = least;
    }
    caps.size = capsFrom;
    floors.size = floorsFrom;
    if (level > 0 && cutWeight > 0) {
      caps.push(level, cutWeight);
    }
    return level;
  }

  private void narrow(double pivot, double excess) {
    double cut =
        cutWatts
            - cutWeight * pivot
            + caps.wattsAbove(capsFrom, capsTo, pivot)
            - floors.wattsAbove(floorsFrom, floorsTo, pivot);
    if (cut >= excess) {
      least = pivot;
      capsFrom = caps.keepUpTo(capsFrom, capsTo, pivot);
      floorsFrom = floors.keepUpTo(floorsFrom, floorsTo, pivot);
    } else {
      most = pivot;
      capsTo = caps.dropFrom(capsFrom, capsTo, pivot);
      floorsTo = floors.dropFrom(floorsFrom, floorsTo, pivot);
      cutWatts += caps.droppedWatts - floors.droppedWatts;
      cutWeight += caps.droppedWeight - floors.droppedWeight;
    }
  }

  /**
   * One of the open bends, chosen by a fixed sequence that no arrangement of input lines up with.
   */
  private double anyBend(int open) {
    shuffle = shuffle * 6364136223846793005L + 1442695040888963407L;
    int pick = (int) Math.unsignedMultiplyHigh(shuffle, open);
    int openCaps = capsTo - capsFrom;
    return pick < openCaps
        ? caps.level[capsFrom + pick]
        : floors.level[floorsFrom + pick - openCaps];
  }
}
