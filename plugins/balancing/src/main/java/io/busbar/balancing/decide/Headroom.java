package io.busbar.balancing.decide;

import io.busbar.api.topology.NodeLimit.ConstraintType;

/**
 * Sees between two cycles whether loads that nobody controls, or vehicles that draw more than they
 * may, have used up room that the last decision gave away: at their own node or at any above it, in
 * watts and in the currents of conductors.
 */
public final class Headroom {

  private final SiteTree tree;
  private final Policy policy;

  public Headroom(SiteTree tree, Policy policy) {
    this.tree = tree;
    this.policy = policy.keepingNothingFree();
  }

  /** What devices may be drawing. */
  @FunctionalInterface
  public interface Bookings {

    /** Whether that is more at a node than there is room for. */
    boolean exceed(int node, Room room);
  }

  /**
   * Whether there is a node at which more is drawn than the last decision reckoned with, and which
   * has no room for that. What it knew of and could not help is no news.
   *
   * @param last the last decision on this tree
   * @param now what is known now
   */
  public boolean isShort(Decision last, Snapshot now, Bookings bookings) {
    Demand demand = DemandResolution.resolve(tree, policy, now);
    Demand before = last.demand();
    long[] loads = demand.loads();
    long[] reckoned = before.loads();
    double imbalance = policy.imbalancePercent() / 100;
    Room room = Room.beside(loads, demand.credit(), demand.lines(), tree, imbalance);
    for (int node = 0; node < loads.length; node++) {
      boolean news = loads[node] > reckoned[node] || demand.creditAt(node) < before.creditAt(node);
      if ((news && bookings.exceed(node, room)) || isOver(node, demand, before)) {
        return true;
      }
    }
    return false;
  }

  private boolean isOver(int node, Demand now, Demand before) {
    long consumed = now.measured()[node];
    long consumedBefore = before.measured()[node];
    long generated = now.generatedAt(node);
    long generatedBefore = before.generatedAt(node);
    return isOver(ConstraintType.CONSUMPTION_CAP, node, consumed, consumedBefore)
        || isOver(ConstraintType.GENERATION_CAP, node, generated, generatedBefore)
        || isOver(
            ConstraintType.NET_CAP,
            node,
            Math.abs(consumed - generated),
            Math.abs(consumedBefore - generatedBefore));
  }

  private boolean isOver(ConstraintType type, int node, long measured, long before) {
    return measured > before
        && tree.limits().bounds(type, node)
        && measured * 100
            > tree.limits().watts(type, node) * (100 + policy.breachTolerancePercent());
  }
}
