package io.busbar.balancing.decide;

import io.busbar.api.balancing.Granularity;
import io.busbar.balancing.decide.Share.Reason;
import io.busbar.balancing.decide.Snapshot.ConnectorInput;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Decides: limits less what nobody controls is the room that is left; admitted in turn, shared
 * fairly. Nothing is remembered between decisions: the same snapshot gives the same decision.
 */
public final class Decider {

  private final SiteTree tree;
  private final Policy policy;
  private final Sharing sharing;
  private final PointSharing points;
  private final Ramps ramps;

  public Decider(SiteTree tree, Policy policy) {
    this.tree = tree;
    this.policy = policy;
    this.sharing = new Sharing(tree);
    this.points = new PointSharing(tree, sharing);
    this.ramps = new Ramps(tree, policy);
  }

  /** Decides on a snapshot of this tree. */
  public Decision decide(Snapshot snapshot) {
    Demand demand = DemandResolution.resolve(tree, policy, snapshot);
    Room room = room(demand, demand.uncontrolled());
    ramps.bind(snapshot, room);
    sharing.limit(room);
    int[] ranks = ranks(snapshot);
    Precedence precedence = Precedence.of(policy, tree, snapshot);
    int[] asked = new int[ranks.length];
    for (ConnectorRating connector : tree.connectors()) {
      int i = connector.number();
      ConnectorInput input = snapshot.connectors().get(i);
      asked[i] = asked(connector, input, demand, snapshot.at());
      if (asked[i] == 0) {
        sharing.nothing(connector);
      } else {
        sharing.request(connector, asked[i], precedence, ranks[i]);
      }
    }
    Shares shared =
        policy.granularity() == Granularity.CHARGE_POINT
            ? points.share(asked, precedence, ranks, room)
            : sharing.share();
    Share[] shares = shares(snapshot, demand, asked, shared);
    int[] setPoints = Stepping.round(tree, snapshot, room, ranks, shares);
    nameRamps(shares);
    return decision(snapshot, demand, shares, setPoints);
  }

  private Room room(Demand demand, long[] load) {
    double imbalance = policy.imbalancePercent() / 100;
    return Room.beside(load, demand.credit(), demand.lines(), tree, imbalance);
  }

  private void nameRamps(Share[] shares) {
    for (int i = 0; i < shares.length; i++) {
      Share share = shares[i];
      boolean byPower = share.reason() == Reason.LIMIT && share.conductor() == Share.POWER;
      if (byPower && ramps.binds(share.node())) {
        shares[i] = new Share(share.wantedWatts(), share.watts(), Reason.RAMP, share.node());
      }
    }
  }

  /** The order of admission, by connector. */
  private int[] ranks(Snapshot snapshot) {
    Comparator<Standing> byStanding = Standing.admission(snapshot.at(), policy.minimumOn());
    ConnectorRating[] order = tree.connectors().toArray(ConnectorRating[]::new);
    Arrays.sort(
        order,
        Comparator.comparing(
                (ConnectorRating connector) ->
                    snapshot.connectors().get(connector.number()).standing(),
                byStanding)
            .thenComparingInt(ConnectorRating::displayOrder)
            .thenComparing(ConnectorRating::nodeId));
    int[] ranks = new int[order.length];
    for (int rank = 0; rank < order.length; rank++) {
      ranks[order[rank].number()] = rank;
    }
    return ranks;
  }

  /** What a connector asks the allocator for: less than it wants where too little is known. */
  private int asked(ConnectorRating connector, ConnectorInput input, Demand demand, Instant now) {
    if (!connector.active() || !input.answering() || rests(input, now)) {
      return 0;
    }
    if (demand.blind()[connector.node()] != Demand.NOBODY) {
      return atMost(connector.failSafeWatts(), connector, input);
    }
    if (demand.waiting()[connector.node()] != Demand.NOBODY) {
      return atMost(input.heldWatts(), connector, input);
    }
    return input.wantWatts();
  }

  private boolean rests(ConnectorInput input, Instant now) {
    return input.standing().isResting(now, policy.minimumOff());
  }

  private static int atMost(int watts, ConnectorRating connector, ConnectorInput input) {
    int asked = Math.min(input.wantWatts(), watts);
    return asked < connector.minWatts() ? 0 : asked;
  }

  private Share[] shares(Snapshot snapshot, Demand demand, int[] asked, Shares shares) {
    Share[] all = new Share[asked.length];
    for (ConnectorRating connector : tree.connectors()) {
      int i = connector.number();
      ConnectorInput input = snapshot.connectors().get(i);
      boolean rests = rests(input, snapshot.at());
      all[i] = share(connector, input, rests, demand, asked[i], shares);
    }
    return all;
  }

  private Decision decision(Snapshot snapshot, Demand demand, Share[] shares, int[] setPoints) {
    int[] targets = new int[shares.length];
    boolean[] balanced = new boolean[shares.length];
    for (ConnectorRating connector : tree.connectors()) {
      int i = connector.number();
      ConnectorInput input = snapshot.connectors().get(i);
      targets[i] = target(connector, input, setPoints[i]);
      balanced[i] =
          connector.active()
              && input.answering()
              && demand.blind()[connector.node()] == Demand.NOBODY;
    }
    Room room = room(demand, demand.loads());
    return new Decision(demand, room, shares, targets, balanced, ramps.next(snapshot.at()));
  }

  /**
   * A device that does not answer is told to go to what it may go to by itself, if that is less.
   */
  private static int target(ConnectorRating connector, ConnectorInput input, int setPoint) {
    if (input.awaited()) {
      return Decision.NO_TARGET;
    }
    return input.answering() ? setPoint : Math.min(input.heldWatts(), connector.failSafeWatts());
  }

  private Share share(
      ConnectorRating connector,
      ConnectorInput input,
      boolean rests,
      Demand demand,
      int asked,
      Shares shares) {
    int want = connector.active() ? input.wantWatts() : 0;
    if (want == 0) {
      return Share.NOTHING;
    }
    if (!input.answering()) {
      return new Share(want, 0, Reason.SILENCE, connector.node());
    }
    if (rests) {
      return new Share(want, 0, Reason.REST, connector.node());
    }
    if (asked == 0 || (asked < want && shares.watts(connector.number()) == asked)) {
      return new Share(want, asked, Reason.METER, meterNode(connector, demand));
    }
    return shares.of(connector, want);
  }

  private int meterNode(ConnectorRating connector, Demand demand) {
    int blind = demand.blind()[connector.node()];
    int meter = blind == Demand.NOBODY ? demand.waiting()[connector.node()] : blind;
    return tree.number(tree.meters().get(meter).nodeId()).orElseThrow();
  }
}
