package io.busbar.balancing;

import io.busbar.api.field.ChargingSession;
import io.busbar.balancing.allocation.Allocation;
import io.busbar.balancing.allocation.AllocationProblem;
import io.busbar.balancing.allocation.Allocator;
import java.time.Instant;
import java.util.Arrays;

/** Turns what is known of a site into what each connector is to get. */
final class Planner {

  private final SiteTree tree;
  private final AllocationProblem problem;
  private final Allocator allocator;

  Planner(SiteTree tree) {
    this.tree = tree;
    int[] connectorNode = tree.connectors().stream().mapToInt(SiteTree.Connector::node).toArray();
    this.problem = new AllocationProblem(tree.parents(), connectorNode);
    this.allocator = new Allocator(problem);
  }

  /**
   * Decides. A device that does not answer is taken to draw what it may; one below a meter of which
   * nothing is known gets its fail-safe value.
   *
   * @param vehicles what each connector's vehicle seems to want
   * @param ledgers what each device may draw
   * @param turns who is to be admitted first
   */
  Plan plan(
      FieldState field, VehicleMemory[] vehicles, Ledger[] ledgers, Turns turns, Instant now) {
    Demand demand = Demand.resolve(tree, field, now);
    int count = ledgers.length;
    int[] requested = new int[count];
    int[] targets = new int[count];
    boolean[] included = new boolean[count];
    double[] fixed = new double[tree.size()];
    for (SiteTree.Connector connector : tree.connectors()) {
      int i = connector.index();
      requested[i] = request(connector, field, vehicles[i]);
      included[i] =
          connector.usable() && !ledgers[i].silent() && !demand.unbalanced(connector.node());
      if (!included[i]) {
        targets[i] =
            connector.usable() ? Math.min(connector.failSafeWatts(), connector.ratedWatts()) : 0;
        fixed[connector.node()] = Math.max(ledgers[i].allowed(now), targets[i]);
      }
    }
    double[] headroom = headroom(demand, fixed);
    for (int node = 0; node < headroom.length; node++) {
      problem.limit(node, Math.max(0, headroom[node] - fixed[node]));
    }
    for (SiteTree.Connector connector : tree.connectors()) {
      request(connector, field, included, requested, turns, now);
    }
    Allocation allocation = allocator.allocate();
    for (int i = 0; i < count; i++) {
      if (included[i]) {
        targets[i] = allocation.watts(i);
        turns.decided(i, requested[i] > 0, targets[i], now);
      }
    }
    return new Plan(tree, demand, requested, targets, allocation, headroom, included);
  }

  private static int request(
      SiteTree.Connector connector, FieldState field, VehicleMemory vehicle) {
    int most =
        field
            .session(connector.index())
            .map(session -> session.vehicleMaxWatts().orElse(connector.ratedWatts()))
            .orElse(connector.ratedWatts());
    return vehicle.request(Math.min(most, connector.ratedWatts()));
  }

  private void request(
      SiteTree.Connector connector,
      FieldState field,
      boolean[] included,
      int[] requested,
      Turns turns,
      Instant now) {
    int i = connector.index();
    if (!included[i] || requested[i] == 0) {
      problem.noRequest(i);
      return;
    }
    double weight = field.session(i).map(ChargingSession::weight).orElse(1.0);
    int priority = field.session(i).map(ChargingSession::priority).orElse(0);
    problem.request(i, requested[i], connector.minWatts(), weight, priority, turns.rank(i, now));
  }

  /** What connectors below each node may draw together; fixed loads are summed up on the way. */
  private double[] headroom(Demand demand, double[] fixed) {
    double[] headroom = new double[tree.size()];
    Arrays.fill(headroom, Double.POSITIVE_INFINITY);
    for (int node = tree.size() - 1; node >= 0; node--) {
      if (!Double.isInfinite(tree.limit(node))) {
        headroom[node] = Math.max(0, tree.limit(node) - demand.uncontrolled(node));
      }
      if (node > 0) {
        fixed[tree.parent(node)] += fixed[node];
      }
    }
    return headroom;
  }
}
