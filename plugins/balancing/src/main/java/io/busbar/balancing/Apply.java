package io.busbar.balancing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * Decides which set-points may go out at this instant. Decreases and repetitions always may; an
 * increase only where, with everything that devices are allowed to draw now, it still fits under
 * every node above it.
 */
final class Apply {

  /** A set-point that may go out now. */
  record Send(int connector, int watts) {}

  private static final double SLACK = 1e-6;

  private final SiteTree tree;
  private final Ledger[] ledgers;
  private final BalancingConfig config;
  private final double[] allowed;

  Apply(SiteTree tree, Ledger[] ledgers, BalancingConfig config) {
    this.tree = tree;
    this.ledgers = ledgers;
    this.config = config;
    this.allowed = new double[tree.size()];
  }

  /**
   * What may go out now; the caller sends all of it and books it.
   *
   * @param headroom what connectors below a node may draw together, in watts
   * @param mayIncrease whether anything may be raised yet
   */
  List<Send> due(Instant now, IntToDoubleFunction headroom, boolean mayIncrease) {
    book(now);
    List<Send> sends = new ArrayList<>();
    for (int i = 0; i < ledgers.length; i++) {
      if (lowers(i, now, headroom)) {
        sends.add(new Send(i, ledgers[i].wanted()));
      }
    }
    for (int i = 0; i < ledgers.length; i++) {
      Ledger ledger = ledgers[i];
      if (ledger.sending() || lowers(i, now, headroom)) {
        continue;
      }
      int more = Math.max(0, ledger.wanted() - ledger.allowed(now));
      boolean raises =
          mayIncrease && ledger.wanted() > ledger.confirmed() && !ledger.settled() && !held(ledger);
      if (raises && fits(i, more, headroom)) {
        addAbove(i, more);
        sends.add(new Send(i, ledger.wanted()));
      } else if (ledger.refreshDue(now)) {
        sends.add(new Send(i, Math.min(ledger.wanted(), ledger.confirmed())));
      }
    }
    return sends;
  }

  /** A decrease never needs room; a small one waits unless a limit needs it. */
  private boolean lowers(int i, Instant now, IntToDoubleFunction headroom) {
    Ledger ledger = ledgers[i];
    return !ledger.sending()
        && ledger.wanted() < ledger.allowed(now)
        && (!held(ledger) || !fits(i, 0, headroom));
  }

  private void book(Instant now) {
    java.util.Arrays.fill(allowed, 0);
    for (SiteTree.Connector connector : tree.connectors()) {
      allowed[connector.node()] = ledgers[connector.index()].allowed(now);
    }
    for (int node = allowed.length - 1; node > 0; node--) {
      allowed[tree.parent(node)] += allowed[node];
    }
  }

  /** Whether a change is too small to bother the device. */
  private boolean held(Ledger ledger) {
    int change = Math.abs(ledger.wanted() - ledger.confirmed());
    double band =
        Math.max(config.deadBandWatts(), config.deadBandPercent() / 100 * ledger.confirmed());
    return ledger.wanted() != 0 && ledger.confirmed() != 0 && change < band;
  }

  private boolean fits(int connector, double more, IntToDoubleFunction headroom) {
    int node = tree.connectors().get(connector).node();
    for (int at = node; at >= 0; at = tree.parent(at)) {
      if (allowed[at] + more > headroom.applyAsDouble(at) + SLACK) {
        return false;
      }
    }
    return true;
  }

  private void addAbove(int connector, double more) {
    int node = tree.connectors().get(connector).node();
    for (int at = node; at >= 0; at = tree.parent(at)) {
      allowed[at] += more;
    }
  }

  /** What devices below a node are allowed to draw, as booked by the last call. */
  double allowed(int node) {
    return allowed[node];
  }
}
