package io.busbar.balancing.apply;

import io.busbar.balancing.decide.SiteTree;
import java.time.Duration;
import java.time.Instant;

/**
 * Sees to it that a raise is not kept waiting for good by smaller ones that take the room before
 * there is enough for it: once it has waited long, others below the node where it does not fit let
 * it go first.
 */
final class Patience {

  /** As long as some cycles, and more than an answer usually takes. */
  private static final Duration LONG = Duration.ofSeconds(10);

  private static final int NOBODY = -1;

  private final SiteTree tree;
  private final Instant[] since;
  private int first = NOBODY;

  /** Where the first one does not fit; of meaning only while there is one. */
  private int node;

  Patience(SiteTree tree) {
    this.tree = tree;
    this.since = new Instant[tree.connectors().size()];
  }

  /** A raise does not fit at a node. */
  void waits(int connector, int full, Instant now) {
    if (since[connector] == null) {
      since[connector] = now;
    }
    if (first == NOBODY && !now.isBefore(since[connector].plus(LONG))) {
      first = connector;
    }
    if (first == connector) {
      node = full;
    }
  }

  /** A connector has what it waited for, or waits no longer; true if others waited for that. */
  boolean served(int connector) {
    since[connector] = null;
    return stepAside(connector);
  }

  /** It cannot be sent anything at the moment, so nobody is to wait for it. */
  boolean stepAside(int connector) {
    boolean was = first == connector;
    first = was ? NOBODY : first;
    return was;
  }

  /** Whether another one goes first. */
  boolean isHeldUp(int connector) {
    return first != NOBODY
        && first != connector
        && tree.isWithin(node, tree.connectors().get(connector).node());
  }
}
