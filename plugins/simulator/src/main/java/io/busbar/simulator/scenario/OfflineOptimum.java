package io.busbar.simulator.scenario;

import io.busbar.api.simulator.PlayStays.Stay;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.TopologySnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The most energy anybody could deliver who knew the future: time is cut at every arrival and
 * departure, and energy flows from sessions through connectors and limits of each piece. Because
 * the limits form a tree this is a largest-flow problem; it ignores minimum powers. In joules, so
 * that everything is whole.
 */
public final class OfflineOptimum {

  private static final long JOULES_PER_WATT_HOUR = 3600;

  private final TopologySnapshot site;
  private final Map<UUID, MicrogridNode> nodes = new HashMap<>();
  private final Map<UUID, Long> limits = new HashMap<>();

  public OfflineOptimum(TopologySnapshot site) {
    this.site = site;
    site.nodes().forEach(node -> nodes.put(node.nodeId(), node));
    for (NodeLimit limit : site.limits()) {
      if (limit.status() == NodeLimit.Status.ACTIVE && limit.nodeId().isPresent()) {
        limits.put(limit.nodeId().get(), (long) limit.limitWatts());
      }
    }
  }

  /** The largest energy in watt-hours. */
  public double wattHours(List<Stay> stays) {
    List<Long> cuts = cuts(stays);
    int nodeCount = site.nodes().size();
    Map<UUID, Integer> index = new HashMap<>();
    site.nodes().forEach(node -> index.put(node.nodeId(), index.size()));
    int source = stays.size();
    int sink = source + 1;
    MaxFlow flow = new MaxFlow(sink + 1 + cuts.size() * nodeCount);
    for (int s = 0; s < stays.size(); s++) {
      flow.edge(source, s, stays.get(s).energyWattHours() * JOULES_PER_WATT_HOUR);
    }
    for (int piece = 0; piece + 1 < cuts.size(); piece++) {
      long from = cuts.get(piece);
      long seconds = cuts.get(piece + 1) - from;
      boolean[] built = new boolean[nodeCount];
      int base = sink + 1 + piece * nodeCount;
      for (int s = 0; s < stays.size(); s++) {
        Stay stay = stays.get(s);
        if (seconds(stay.arrival()) <= from && seconds(stay.departure()) > from) {
          flow.edge(s, base + index.get(stay.nodeId()), stay.maxWatts() * seconds);
          climb(flow, stay.nodeId(), index, built, base, seconds, sink);
        }
      }
    }
    return (double) flow.solve(source, sink) / JOULES_PER_WATT_HOUR;
  }

  private void climb(
      MaxFlow flow,
      UUID start,
      Map<UUID, Integer> index,
      boolean[] built,
      int base,
      long seconds,
      int sink) {
    UUID at = start;
    while (!built[index.get(at)]) {
      int node = index.get(at);
      built[node] = true;
      long most = limits.containsKey(at) ? limits.get(at) * seconds : Long.MAX_VALUE / 4;
      UUID parent = nodes.get(at).parentNodeId().orElse(null);
      flow.edge(base + node, parent == null ? sink : base + index.get(parent), most);
      if (parent == null) {
        return;
      }
      at = parent;
    }
  }

  private static List<Long> cuts(List<Stay> stays) {
    TreeSet<Long> cuts = new TreeSet<>();
    for (Stay stay : stays) {
      cuts.add(seconds(stay.arrival()));
      cuts.add(seconds(stay.departure()));
    }
    return new ArrayList<>(cuts);
  }

  private static long seconds(Instant instant) {
    return instant.getEpochSecond();
  }
}
