package io.busbar.simulator;

import io.busbar.api.simulator.FieldRecord.WorstLoad;
import io.busbar.api.simulator.NodeLoads;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.api.topology.TopologySnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Power at every node of a site and at the site as a whole, each held against its limits. The site
 * itself is the last index and goes by the microgrid's id.
 */
final class PowerTree {

  private final UUID[] ids;
  private final int[] parent;
  private final int[] most;
  private final int[] least;
  private final int[] watts;
  private final int[] told;
  private final int[] worst;
  private final long[] worstAt;
  private final long[] joulesTaken;
  private final int[] lowest;
  private final int[] highest;
  private final Map<UUID, Integer> indexOf = new HashMap<>();

  PowerTree(TopologySnapshot site) {
    int size = site.nodes().size() + 1;
    ids = new UUID[size];
    parent = new int[size];
    most = filled(size, Integer.MAX_VALUE);
    least = filled(size, Integer.MIN_VALUE);
    watts = new int[size];
    told = new int[size];
    worst = new int[size];
    worstAt = new long[size];
    joulesTaken = new long[size];
    lowest = filled(size, Integer.MAX_VALUE);
    highest = filled(size, Integer.MIN_VALUE);
    for (int i = 0; i < size - 1; i++) {
      MicrogridNode node = site.nodes().get(i);
      ids[i] = node.nodeId();
      indexOf.put(ids[i], i);
      parent[i] = node.parentNodeId().map(indexOf::get).orElse(size - 1);
    }
    ids[size - 1] = site.microgrid().microgridId();
    parent[size - 1] = -1;
    site.limits().stream().filter(l -> l.status() == NodeLimit.Status.ACTIVE).forEach(this::limit);
  }

  private static int[] filled(int size, int value) {
    int[] array = new int[size];
    Arrays.fill(array, value);
    return array;
  }

  private void limit(NodeLimit limit) {
    int index = limit.nodeId().map(indexOf::get).orElse(ids.length - 1);
    if (limit.constraintType() != ConstraintType.GENERATION_CAP) {
      most[index] = Math.min(most[index], limit.limitWatts());
    }
    if (limit.constraintType() != ConstraintType.CONSUMPTION_CAP) {
      least[index] = Math.max(least[index], -limit.limitWatts());
    }
  }

  /** Where a node stands, parents before children; −1 for one that is not part of the site. */
  int index(UUID nodeId) {
    return indexOf.getOrDefault(nodeId, -1);
  }

  /** Power at a node as of the last {@link #sum}, consumption positive. */
  int watts(int index) {
    return watts[index];
  }

  /** Register of energy taken, in joules; what is fed in does not lower it. */
  long joulesTaken(int index) {
    return joulesTaken[index];
  }

  void clear() {
    Arrays.fill(watts, 0);
  }

  void add(int index, int more) {
    watts[index] += more;
  }

  /** Carries every power up to the root. */
  void sum() {
    for (int i = watts.length - 2; i >= 0; i--) {
      watts[parent[i]] += watts[i];
    }
  }

  /**
   * Looks at the powers that hold from a second on.
   *
   * @param seconds how long they do
   * @param changes told of every power that is another than before
   * @param violations told of every node beyond a limit
   */
  void look(long second, long seconds, PowerDigest changes, Violations violations) {
    for (int i = 0; i < watts.length; i++) {
      int now = watts[i];
      if (now != told[i]) {
        told[i] = now;
        changes.changed(second, i, now);
      }
      if (now > worst[i]) {
        worst[i] = now;
        worstAt[i] = second;
      }
      joulesTaken[i] += Math.max(0, now) * seconds;
      lowest[i] = Math.min(lowest[i], now);
      highest[i] = Math.max(highest[i], now);
      if (now > most[i] || now < least[i]) {
        violations.seen(ids[i], now, now > most[i] ? most[i] : least[i]);
      }
    }
  }

  /** Told of nodes beyond a limit. */
  interface Violations {
    void seen(UUID nodeId, int watts, int limitWatts);
  }

  /** Lowest and highest powers since the last call. */
  List<NodeLoads.Load> takeRange() {
    List<NodeLoads.Load> loads = new ArrayList<>(watts.length);
    for (int i = 0; i < watts.length; i++) {
      loads.add(
          new NodeLoads.Load(
              ids[i], Math.min(lowest[i], watts[i]), Math.max(highest[i], watts[i]), watts[i]));
    }
    Arrays.fill(lowest, Integer.MAX_VALUE);
    Arrays.fill(highest, Integer.MIN_VALUE);
    return loads;
  }

  /** Highest power so far of every node that may not consume more than so much. */
  List<WorstLoad> worstLoads() {
    List<WorstLoad> loads = new ArrayList<>();
    for (int i = 0; i < worst.length; i++) {
      if (most[i] != Integer.MAX_VALUE) {
        loads.add(new WorstLoad(ids[i], most[i], worst[i], Instant.ofEpochSecond(worstAt[i])));
      }
    }
    return loads;
  }

  /** Takes over what nodes that were part of the site before had taken and carried. */
  void remember(PowerTree before) {
    for (int i = 0; i < ids.length; i++) {
      int old = i == ids.length - 1 ? before.ids.length - 1 : before.index(ids[i]);
      if (old >= 0) {
        worst[i] = before.worst[old];
        worstAt[i] = before.worstAt[old];
        joulesTaken[i] = before.joulesTaken[old];
      }
    }
  }
}
