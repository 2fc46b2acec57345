package io.busbar.balancing.decide;

import io.busbar.balancing.decide.Share.Reason;
import io.busbar.balancing.decide.Snapshot.ConnectorInput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Turns fair shares into set-points that devices have. Each share is rounded down to its device's
 * step; what that leaves is handed out again in whole steps, where there is room: first to devices
 * that have that step now, so that nothing changes for nothing, then to whom rounding took most.
 */
final class Stepping {

  private final SiteTree tree;
  private final Snapshot snapshot;
  private final Room room;
  private final int[] ranks;
  private final int[] setPoints;
  private final Load used;

  private Stepping(SiteTree tree, Snapshot snapshot, Room room, int[] ranks) {
    this.tree = tree;
    this.snapshot = snapshot;
    this.room = room;
    this.ranks = ranks;
    this.setPoints = new int[ranks.length];
    this.used = new Load(tree);
  }

  /**
   * Rounds.
   *
   * @param shares by connector; replaced by what the set-points give
   * @return by connector: its set-point in watts; above what is wanted by less than a step where a
   *     vehicle wants less than the next step
   */
  static int[] round(SiteTree tree, Snapshot snapshot, Room room, int[] ranks, Share[] shares) {
    Stepping stepping = new Stepping(tree, snapshot, room, ranks);
    stepping.roundDown(shares);
    stepping.handOut(shares);
    stepping.handOutWatts(shares);
    stepping.report(shares);
    return stepping.setPoints;
  }

  private void roundDown(Share[] shares) {
    for (ConnectorRating connector : tree.connectors()) {
      int i = connector.number();
      setPoints[i] = connector.stepBelow(shares[i].watts());
      used.add(connector, setPoints[i]);
    }
  }

  private void handOut(Share[] shares) {
    List<ConnectorRating> candidates = new ArrayList<>();
    for (ConnectorRating connector : tree.connectors()) {
      if (step(connector, shares) > 0) {
        candidates.add(connector);
      }
    }
    candidates.sort(order(shares));
    while (!candidates.isEmpty()) {
      candidates.removeIf(connector -> !raise(connector, shares));
    }
  }

  /** Fractions of watts that rounding took from devices without steps, as whole ones. */
  private void handOutWatts(Share[] shares) {
    for (ConnectorRating connector : tree.connectors()) {
      Share share = shares[connector.number()];
      int watts = setPoints[connector.number()];
      boolean rises = watts > 0 && watts < share.wantedWatts() && !isBlind(share);
      if (rises && !connector.hasSteps() && used.full(connector, 1, room) < 0) {
        setPoints[connector.number()]++;
        used.add(connector, 1);
      }
    }
  }

  private Comparator<ConnectorRating> order(Share[] shares) {
    return Comparator.comparing((ConnectorRating connector) -> !hasNext(connector, shares))
        .thenComparingInt(
            connector -> setPoints[connector.number()] - shares[connector.number()].watts())
        .thenComparingInt(connector -> ranks[connector.number()]);
  }

  private boolean hasNext(ConnectorRating connector, Share[] shares) {
    int i = connector.number();
    ConnectorInput input = snapshot.connectors().get(i);
    return input.heldWatts() >= setPoints[i] + step(connector, shares);
  }

  /** Watts to the next step that a connector makes use of; 0 when there is none. */
  private int step(ConnectorRating connector, Share[] shares) {
    int i = connector.number();
    boolean stays = setPoints[i] == 0 || setPoints[i] >= shares[i].wantedWatts();
    if (stays || !connector.hasSteps() || isBlind(shares[i])) {
      return 0;
    }
    return Math.max(0, connector.stepAbove(setPoints[i] + 1) - setPoints[i]);
  }

  private static boolean isBlind(Share share) {
    return share.reason() == Reason.METER || share.reason() == Reason.SILENCE;
  }

  private boolean raise(ConnectorRating connector, Share[] shares) {
    int step = step(connector, shares);
    if (step == 0 || used.full(connector, step, room) >= 0) {
      return false;
    }
    setPoints[connector.number()] += step;
    used.add(connector, step);
    return true;
  }

  private void report(Share[] shares) {
    for (ConnectorRating connector : tree.connectors()) {
      int i = connector.number();
      Share share = shares[i];
      int watts = Math.min(setPoints[i], share.wantedWatts());
      if (watts == share.watts()) {
        continue;
      }
      boolean stopped = share.reason() == Reason.MET && watts < share.wantedWatts();
      int full = stopped ? used.full(connector, step(connector, shares), room) : -1;
      shares[i] =
          full >= 0
              ? new Share(share.wantedWatts(), watts, Reason.LIMIT, full)
              : new Share(share.wantedWatts(), watts, share.reason(), share.node());
    }
    for (ConnectorRating connector : tree.connectors()) {
      nameConductor(connector, shares);
    }
  }

  /** A node that has watts left for one more step is full by the current of one of its wires. */
  private void nameConductor(ConnectorRating connector, Share[] shares) {
    Share share = shares[connector.number()];
    boolean full = share.isCut() && share.reason() == Reason.LIMIT;
    if (full && tree.conductors().count(share.node()) > 0) {
      int least = share.watts() == 0 ? connector.minWatts() : 1;
      int more = Math.max(least, step(connector, shares));
      if (!room.isBelow(share.node(), used.watts(share.node()) + more)) {
        shares[connector.number()] = share.by(used.fullestLine(share.node(), room));
      }
    }
  }
}
