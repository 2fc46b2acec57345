package io.busbar.simulator;

import io.busbar.api.simulator.PlayStays.Stay;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.TopologySnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Whether stays can be played on a site. */
final class StayCheck {

  private StayCheck() {}

  /** Everything wrong with them, each naming its stay; empty when nothing is. */
  static List<String> problems(List<Stay> stays, TopologySnapshot site) {
    Set<UUID> connectors =
        site.nodes().stream()
            .filter(node -> node.nodeType() == NodeType.CONNECTOR)
            .map(MicrogridNode::nodeId)
            .collect(Collectors.toSet());
    List<String> problems = new ArrayList<>();
    Map<UUID, Stay> before = new HashMap<>();
    List<Stay> ordered = stays.stream().sorted(Comparator.comparing(Stay::arrival)).toList();
    for (Stay stay : ordered) {
      if (!connectors.contains(stay.nodeId())) {
        problems.add(stay.sessionId() + ": node " + stay.nodeId() + " is no connector of the site");
      }
      if (!stay.departure().isAfter(stay.arrival())) {
        problems.add(stay.sessionId() + ": leaves at " + stay.departure() + ", not after it comes");
      }
      if (stay.energyWattHours() < 0 || stay.maxWatts() <= 0) {
        problems.add(stay.sessionId() + ": expected energy of at least 0 and power above 0");
      }
      Stay last = before.put(stay.nodeId(), stay);
      if (last != null && stay.arrival().isBefore(last.departure())) {
        problems.add(stay.sessionId() + ": comes before " + last.sessionId() + " has left");
      }
    }
    return problems;
  }
}
