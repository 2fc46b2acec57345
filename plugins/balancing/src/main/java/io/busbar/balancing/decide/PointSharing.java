package io.busbar.balancing.decide;

import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.balancing.decide.Share.Reason;
import io.busbar.balancing.decide.Sharing.Allocated;
import java.util.Arrays;

/**
 * Shares among charge points: the vehicles of one charge point that a strategy puts into the same
 * class have one share together, and split it among themselves.
 *
 * <p>The same allocator decides three times. First as among connectors, which says who is admitted.
 * Then one connector of each charge point asks for all of them: what it gets is the charge point's
 * budget. Then everybody asks again, below charge points that have no more than their budget. Where
 * currents are bounded and vehicles of a charge point hang from different lines, a budget may be
 * split in another way than it was found; a fourth time therefore hands out what that left over.
 */
final class PointSharing {

  private static final int NONE = -1;

  private final SiteTree tree;
  private final Sharing sharing;

  /** By connector: the node of its charge point, or its own. */
  private final int[] point;

  /** By connector: the one before it at the same charge point; {@link #NONE} for the first. */
  private final int[] sibling;

  /** By connector: who asks for it; {@link #NONE} while it does not take part. */
  private final int[] head;

  /** By head. */
  private final double[] watts;

  private final double[] least;
  private final double[] weight;
  private final int[] rank;

  /** By head: what stopped it. */
  private final Share[] stops;

  /** By node: the sum of the budgets of a charge point. */
  private final double[] budget;

  private final Share[] shares;

  PointSharing(SiteTree tree, Sharing sharing) {
    this.tree = tree;
    this.sharing = sharing;
    int connectors = tree.connectors().size();
    this.point = new int[connectors];
    this.sibling = new int[connectors];
    this.head = new int[connectors];
    this.watts = new double[connectors];
    this.least = new double[connectors];
    this.weight = new double[connectors];
    this.rank = new int[connectors];
    this.stops = new Share[connectors];
    this.budget = new double[tree.size()];
    this.shares = new Share[connectors];
    int[] last = new int[tree.size()];
    Arrays.fill(last, NONE);
    for (ConnectorRating connector : tree.connectors()) {
      int above = tree.parent(connector.node());
      boolean isPoint =
          above > SiteTree.ROOT && tree.node(above).nodeType() == NodeType.CHARGE_POINT;
      int i = connector.number();
      point[i] = isPoint ? above : connector.node();
      sibling[i] = last[point[i]];
      last[point[i]] = i;
    }
  }

  /**
   * Shares what was asked of the sharing.
   *
   * @param asked by connector: most it may get
   */
  Shares share(int[] asked, Precedence precedence, int[] ranks, Room room) {
    Allocated single = sharing.share();
    if (!gather(single, asked, precedence, ranks, room)) {
      return single;
    }
    keep(single, asked);
    findBudgets(asked, precedence);
    splitBudgets(asked, precedence, ranks, room);
    if (tree.conductors().isAnyBounded()) {
      handOutRest(asked, precedence, ranks, room);
    }
    return new Split();
  }

  /** Puts together who shares; false when everybody is alone. */
  private boolean gather(
      Allocated single, int[] asked, Precedence precedence, int[] ranks, Room room) {
    Arrays.fill(head, NONE);
    boolean any = false;
    for (int i = 0; i < head.length; i++) {
      if (single.isAdmitted(i)) {
        int first = firstLike(i, precedence);
        any |= first != i;
        head[i] = first;
        ConnectorRating connector = tree.connectors().get(i);
        long own = Math.max(connector.minWatts(), room.watts()[connector.node()]);
        boolean begins = first == i;
        watts[first] = (begins ? 0 : watts[first]) + Math.min(asked[i], own);
        least[first] = (begins ? 0 : least[first]) + connector.minWatts();
        weight[first] = Math.max(begins ? 0 : weight[first], precedence.weight(i));
        rank[first] = Math.min(begins ? Integer.MAX_VALUE : rank[first], ranks[i]);
      }
    }
    return any;
  }

  /** The first connector of the same charge point, class and wiring that takes part. */
  private int firstLike(int i, Precedence precedence) {
    int first = i;
    for (int j = sibling[i]; j != NONE; j = sibling[j]) {
      boolean alike =
          head[j] == j
              && precedence.classOf(j) == precedence.classOf(i)
              && tree.conductors().isWiredLike(i, j);
      first = alike ? j : first;
    }
    return first;
  }

  private void keep(Allocated outcome, int[] asked) {
    for (ConnectorRating connector : tree.connectors()) {
      int i = connector.number();
      shares[i] = outcome.of(connector, asked[i]);
    }
  }

  private void findBudgets(int[] asked, Precedence precedence) {
    Arrays.fill(budget, 0);
    for (ConnectorRating connector : tree.connectors()) {
      int i = connector.number();
      sharing.limit(connector.node(), Double.POSITIVE_INFINITY);
      if (head[i] == i) {
        double all = Math.min(watts[i], Integer.MAX_VALUE);
        sharing.request(connector, all, least[i], weight[i], precedence.classOf(i), rank[i]);
      } else {
        sharing.nothing(connector);
      }
    }
    Allocated budgets = sharing.share();
    for (ConnectorRating connector : tree.connectors()) {
      int i = connector.number();
      if (head[i] == i) {
        budget[point[i]] += budgets.exactWatts(i);
        stops[i] = budgets.of(connector, asked[i]);
      }
    }
  }

  private void splitBudgets(int[] asked, Precedence precedence, int[] ranks, Room room) {
    for (ConnectorRating connector : tree.connectors()) {
      int i = connector.number();
      limit(connector.node(), room);
      if (head[i] == NONE) {
        sharing.nothing(connector);
      } else {
        sharing.limit(point[i], Math.min(budget[point[i]], watts(point[i], room)));
        sharing.request(connector, asked[i], precedence, ranks[i]);
      }
    }
    Allocated split = sharing.share();
    for (ConnectorRating connector : tree.connectors()) {
      int i = connector.number();
      if (head[i] != NONE) {
        Share share = split.of(connector, asked[i]);
        boolean byBudget = share.reason() == Reason.LIMIT && share.node() == point[i];
        shares[i] = byBudget ? stoppedLike(stops[head[i]], share) : share;
      }
    }
  }

  /** A charge point that has its budget is stopped by what the budget was. */
  private static Share stoppedLike(Share budget, Share share) {
    return new Share(share.wantedWatts(), share.watts(), budget.reason(), budget.node());
  }

  private void handOutRest(int[] asked, Precedence precedence, int[] ranks, Room room) {
    for (ConnectorRating connector : tree.connectors()) {
      int i = connector.number();
      limit(point[i], room);
      if (head[i] != NONE && shares[i].watts() > 0) {
        int first = head[i];
        double share = shares[i].watts();
        double most = Math.max(asked[i], share);
        sharing.request(connector, most, share, weight[first], precedence.classOf(i), ranks[i]);
      }
    }
    Allocated rest = sharing.share();
    if (tree.connectors().stream().allMatch(c -> rest.watts(c.number()) >= watts(c.number()))) {
      for (ConnectorRating connector : tree.connectors()) {
        int i = connector.number();
        shares[i] = head[i] == NONE ? shares[i] : rest.of(connector, asked[i]);
      }
    }
  }

  private int watts(int connector) {
    return shares[connector].watts();
  }

  private void limit(int node, Room room) {
    sharing.limit(node, watts(node, room));
  }

  private static double watts(int node, Room room) {
    long watts = room.watts()[node];
    return watts == Limits.UNBOUNDED ? Double.POSITIVE_INFINITY : watts;
  }

  /** What came out at last. */
  private final class Split implements Shares {

    @Override
    public int watts(int connector) {
      return shares[connector].watts();
    }

    @Override
    public Share of(ConnectorRating connector, int wantedWatts) {
      Share share = shares[connector.number()];
      return new Share(wantedWatts, share.watts(), share.reason(), share.node());
    }
  }
}
