package io.busbar.balancing.decide;

import io.busbar.balancing.allocation.LineLimit;

/**
 * What connectors are allowed, summed up for every node: in watts and, where conductors are
 * bounded, by how the connectors are wired. Says what there is room for beside it.
 */
public final class Load {

  /** Nowhere. */
  public static final int NOWHERE = -1;

  private static final double ROUNDING_AMPS = 1e-6;

  private final SiteTree tree;
  private final int groups;
  private final long[] sums;

  /** By node and group; empty where no conductor is bounded. */
  private final double[] byWiring;

  /** Nothing yet. */
  public Load(SiteTree tree) {
    this.tree = tree;
    this.groups = tree.conductors().groups();
    this.sums = new long[tree.size()];
    this.byWiring = new double[tree.conductors().isAnyBounded() ? tree.size() * groups : 0];
  }

  /** Allows a connector more, or less when negative. */
  public void add(ConnectorRating connector, long watts) {
    for (int at = connector.node(); at >= 0; at = tree.parent(at)) {
      add(at, connector, watts);
    }
  }

  private void add(int node, ConnectorRating connector, long watts) {
    sums[node] += watts;
    if (byWiring.length > 0) {
      byWiring[node * groups + tree.conductors().group(connector.number())] += watts;
    }
  }

  /** All at and below a node, in watts. */
  public long watts(int node) {
    return sums[node];
  }

  /** The first node upwards from a connector without room for more; {@link #NOWHERE} if none is. */
  public int full(ConnectorRating connector, long more, Room room) {
    for (int at = connector.node(); at >= 0; at = tree.parent(at)) {
      if (room.isBelow(at, sums[at] + more) || !carries(at, connector, more, room)) {
        return at;
      }
    }
    return NOWHERE;
  }

  private boolean carries(int node, ConnectorRating connector, long more, Room room) {
    if (room.lines()[node].length == 0) {
      return true;
    }
    byWiring[node * groups + tree.conductors().group(connector.number())] += more;
    boolean exceeds = exceedsLines(node, room);
    byWiring[node * groups + tree.conductors().group(connector.number())] -= more;
    return !exceeds;
  }

  /** Whether there is more at a node than it has room for. */
  public boolean exceeds(int node, Room room) {
    return room.isBelow(node, sums[node]) || exceedsLines(node, room);
  }

  private boolean exceedsLines(int node, Room room) {
    for (LineLimit line : room.lines()[node]) {
      if (line.flow(byWiring, node * groups) > line.amps() + ROUNDING_AMPS) {
        return true;
      }
    }
    return false;
  }

  /** The conductor of a node with the least left of what it has room for. */
  int fullestLine(int node, Room room) {
    int fullest = NOWHERE;
    double most = -1;
    LineLimit[] lines = room.lines()[node];
    for (int line = 0; line < lines.length; line++) {
      double used = lines[line].flow(byWiring, node * groups) / Math.max(1e-9, lines[line].amps());
      if (used > most) {
        most = used;
        fullest = line;
      }
    }
    return fullest;
  }
}
