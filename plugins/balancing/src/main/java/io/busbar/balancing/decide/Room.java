package io.busbar.balancing.decide;

import io.busbar.balancing.allocation.LineLimit;
import java.util.Arrays;

/**
 * What set-points below every node may add up to: its limits less what nobody controls. Arrays by
 * node; not to be changed.
 *
 * @param watts power, {@link Limits#UNBOUNDED} for any
 * @param lines currents of its conductors; none for most nodes
 */
public record Room(long[] watts, LineLimit[][] lines) {

  /** Room for anything. */
  public static Room endless(int nodes) {
    long[] watts = new long[nodes];
    Arrays.fill(watts, Limits.UNBOUNDED);
    return ofWatts(watts);
  }

  /**
   * What limits leave beside loads that no set-point reaches.
   *
   * @param load by node, in watts
   * @param imbalance how unevenly it may be spread over lines: 0 evenly, 1 all on one
   */
  public static Room beside(long[] load, SiteTree tree, double imbalance) {
    long[] watts = new long[tree.size()];
    for (int node = 0; node < watts.length; node++) {
      watts[node] =
          tree.limits().bounds(node)
              ? Math.max(0, tree.limits().watts(node) - load[node])
              : Limits.UNBOUNDED;
    }
    return new Room(watts, tree.conductors().beside(load, imbalance));
  }

  /** Room for any current. */
  public static Room ofWatts(long[] watts) {
    return new Room(watts, new LineLimit[watts.length][0]);
  }

  /** Whether so many watts are too many at a node. */
  boolean isBelow(int node, long sum) {
    return watts[node] != Limits.UNBOUNDED && sum > watts[node];
  }
}
