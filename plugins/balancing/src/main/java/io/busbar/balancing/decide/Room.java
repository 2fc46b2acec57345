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

  private static final long[] NO_CREDIT = {};

  /** Room for anything. */
  public static Room endless(int nodes) {
    long[] watts = new long[nodes];
    Arrays.fill(watts, Limits.UNBOUNDED);
    return ofWatts(watts);
  }

  /**
   * What limits leave beside loads that no set-point reaches, of which only the power is known.
   *
   * @param load by node, in watts
   * @param imbalance how unevenly it may be spread over lines: 0 evenly, 1 all on one
   */
  public static Room beside(long[] load, SiteTree tree, double imbalance) {
    return beside(load, NO_CREDIT, LineLoads.NONE, tree, imbalance);
  }

  /** The same, with generation that may be set off and currents that are measured. */
  static Room beside(long[] load, long[] credit, LineLoads lines, SiteTree tree, double imbalance) {
    long[] watts = new long[tree.size()];
    for (int node = 0; node < watts.length; node++) {
      long limit = tree.limits().watts(node, credit.length == 0 ? 0 : credit[node]);
      watts[node] = limit == Limits.UNBOUNDED ? limit : Math.max(0, limit - load[node]);
    }
    return new Room(watts, tree.conductors().beside(load, lines, imbalance));
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
