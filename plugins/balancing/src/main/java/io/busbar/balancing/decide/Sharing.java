package io.busbar.balancing.decide;

import io.busbar.balancing.allocation.Allocation;
import io.busbar.balancing.allocation.AllocationProblem;
import io.busbar.balancing.allocation.Allocator;
import io.busbar.balancing.decide.Share.Reason;

/** Speaks to the allocator in its terms: a forest, limits, requests. One per version of a tree. */
final class Sharing {

  private final SiteTree tree;
  private final AllocationProblem problem;
  private final Allocator allocator;
  private final long[] limits;

  /** By node: whether a connector is below it, and not it itself. */
  private final boolean[] serves;

  Sharing(SiteTree tree) {
    this.tree = tree;
    int[] nodes = tree.connectors().stream().mapToInt(ConnectorRating::node).toArray();
    this.problem = new AllocationProblem(tree.parents(), nodes);
    this.allocator = new Allocator(problem);
    this.limits = new long[tree.size()];
    this.serves = serving();
    if (areLinesBounded()) {
      for (ConnectorRating connector : tree.connectors()) {
        problem.wire(connector.number(), tree.conductors().group(connector.number()));
      }
    }
  }

  private boolean[] serving() {
    boolean[] byNode = new boolean[tree.size()];
    for (ConnectorRating connector : tree.connectors()) {
      for (int at = tree.parent(connector.node()); at >= 0; at = tree.parent(at)) {
        byNode[at] = true;
      }
    }
    return byNode;
  }

  /** A feeder that no connector hangs from may have bounded lines too; they bound nobody. */
  private boolean areLinesBounded() {
    for (int node = 0; node < serves.length; node++) {
      if (serves[node] && tree.conductors().count(node) > 0) {
        return true;
      }
    }
    return false;
  }

  void limit(Room room) {
    for (int node = 0; node < limits.length; node++) {
      limits[node] = room.watts()[node];
      problem.limit(
          node, limits[node] == Limits.UNBOUNDED ? Double.POSITIVE_INFINITY : limits[node]);
      if (serves[node] && tree.conductors().count(node) > 0) {
        problem.lines(node, room.lines()[node]);
      }
    }
  }

  void nothing(ConnectorRating connector) {
    problem.noRequest(connector.number());
  }

  /**
   * A request.
   *
   * @param watts most it may get
   * @param rank its place in the order of admission
   */
  void request(ConnectorRating connector, int watts, Precedence precedence, int rank) {
    int number = connector.number();
    problem.request(
        number,
        watts,
        connector.minWatts(),
        precedence.weight(number),
        precedence.classOf(number),
        rank);
    problem.patience(number, precedence.patience(number));
  }

  /** Bounds a node otherwise than its room does. */
  void limit(int node, double watts) {
    problem.limit(node, watts);
  }

  /** A request that may be that of several connectors. */
  void request(
      ConnectorRating connector,
      double watts,
      double least,
      double weight,
      int importance,
      int rank) {
    problem.request(connector.number(), watts, least, weight, importance, rank);
  }

  Allocated share() {
    return new Allocated(allocator.allocate());
  }

  /** What came out; valid until the next sharing. */
  final class Allocated implements Shares {
    private final Allocation allocation;

    private Allocated(Allocation allocation) {
      this.allocation = allocation;
    }

    /** Whether it takes part: it asks for something, and there was room for its minimum. */
    boolean isAdmitted(int connector) {
      return switch (allocation.cause(connector)) {
        case DEMAND_MET, LIMITED -> true;
        case NO_REQUEST, PAUSED, NEVER -> false;
      };
    }

    double exactWatts(int connector) {
      return allocation.exactWatts(connector);
    }

    @Override
    public int watts(int connector) {
      return allocation.watts(connector);
    }

    @Override
    public Share of(ConnectorRating connector, int wantedWatts) {
      int number = connector.number();
      int watts = allocation.watts(number);
      return switch (allocation.cause(number)) {
        case NO_REQUEST, DEMAND_MET -> new Share(wantedWatts, watts, Reason.MET, connector.node());
        case LIMITED, PAUSED ->
            new Share(wantedWatts, watts, Reason.LIMIT, allocation.boundBy(number));
        case NEVER -> never(connector, wantedWatts);
      };
    }

    private Share never(ConnectorRating connector, int wantedWatts) {
      for (int node = connector.node(); node >= 0; node = tree.parent(node)) {
        if (limits[node] < connector.minWatts()) {
          return new Share(wantedWatts, 0, Reason.LIMIT, node);
        }
      }
      return new Share(wantedWatts, 0, Reason.RATING, connector.node());
    }
  }
}
