package io.busbar.balancing.decide;

import io.busbar.balancing.decide.Snapshot.ConnectorInput;
import io.busbar.balancing.decide.Snapshot.Ramp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How far what is allowed may rise in one cycle, where a site, a circuit or a device has a bound on
 * that. The ceiling is never below what devices have now, so nothing is lowered by it.
 *
 * <p>A vehicle takes nothing or its minimum. Where that is more than a ramp allows in one cycle,
 * the ceiling goes on rising until it fits; not further, or else what was not used for hours could
 * come back at once.
 */
final class Ramps {

  /** No more time than this counts, however long ago the cycle before was. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final SiteTree tree;

  /** Nodes with a bound, in the order of the tree, and their watts per second. */
  private final int[] nodes;

  private final int[] rates;

  /** The largest minimum of a connector at or below each. */
  private final int[] least;

  /** By node: what devices have. */
  private final long[] held;

  private final long[] ceilings;
  private final boolean[] binds;

  Ramps(SiteTree tree, Policy policy) {
    this.tree = tree;
    List<int[]> found = new ArrayList<>();
    for (int node = 0; node < tree.size(); node++) {
      int rate =
          node == SiteTree.ROOT ? policy.rampWattsPerSecond() : tree.rampWattsPerSecond(node);
      if (rate > 0) {
        found.add(new int[] {node, rate});
      }
    }
    this.nodes = found.stream().mapToInt(each -> each[0]).toArray();
    this.rates = found.stream().mapToInt(each -> each[1]).toArray();
    this.least = nodes.length == 0 ? new int[0] : minimums();
    this.held = new long[nodes.length == 0 ? 0 : tree.size()];
    this.ceilings = new long[nodes.length];
    this.binds = new boolean[held.length];
  }

  private int[] minimums() {
    int[] byNode = new int[tree.size()];
    for (ConnectorRating connector : tree.connectors()) {
      for (int at = connector.node(); at >= 0; at = tree.parent(at)) {
        byNode[at] = Math.max(byNode[at], connector.minWatts());
      }
    }
    return Arrays.stream(nodes).map(node -> byNode[node]).toArray();
  }

  /** Lowers the room of a cycle to the ceilings. */
  void bind(Snapshot snapshot, Room room) {
    if (nodes.length == 0) {
      return;
    }
    sum(snapshot);
    Arrays.fill(binds, false);
    boolean known = snapshot.ramps().size() == nodes.length;
    for (int i = 0; i < nodes.length; i++) {
      ceilings[i] = known ? ceiling(i, snapshot.ramps().get(i), snapshot.at()) : start(i);
      if (ceilings[i] < room.watts()[nodes[i]]) {
        room.watts()[nodes[i]] = ceilings[i];
        binds[nodes[i]] = true;
      }
    }
  }

  private void sum(Snapshot snapshot) {
    Arrays.fill(held, 0);
    for (ConnectorRating connector : tree.connectors()) {
      ConnectorInput input = snapshot.connectors().get(connector.number());
      held[connector.node()] = input.answering() ? input.heldWatts() : 0;
    }
    for (int node = held.length - 1; node > SiteTree.ROOT; node--) {
      held[tree.parent(node)] += held[node];
    }
  }

  private long start(int i) {
    return held[nodes[i]] + least[i];
  }

  private long ceiling(int i, Ramp before, Instant now) {
    long used = held[nodes[i]];
    Duration since = Duration.between(before.at(), now);
    long millis = Math.max(0, Math.min(since.toMillis(), LONGEST.toMillis()));
    long rise = rates[i] * millis / 1000;
    long risen = Math.min(before.ceilingWatts() + rise, used + Math.max(rise, least[i]));
    return Math.max(used, risen);
  }

  /** Whether a ceiling bounds a node more than its limits do. */
  boolean binds(int node) {
    return binds.length > 0 && binds[node];
  }

  /** What to remember until the next cycle. */
  List<Ramp> next(Instant now) {
    return Arrays.stream(ceilings).mapToObj(watts -> new Ramp(now, watts)).toList();
  }
}
