package io.busbar.simulator;

import io.busbar.api.simulator.Degrade;
import io.busbar.api.simulator.Degrade.What;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What goes wrong at which node at the moment. */
final class Faults {

  /** Per kind, the nodes with the seconds of delay that matter to slow devices. */
  private final Map<What, Map<UUID, Integer>> active = new EnumMap<>(What.class);

  /** Begins or ends a degradation at these nodes. */
  void change(Degrade wanted, Set<UUID> nodes) {
    Map<UUID, Integer> there = active.computeIfAbsent(wanted.what(), what -> new HashMap<>());
    if (wanted.begin()) {
      nodes.forEach(node -> there.put(node, wanted.delaySeconds()));
    } else {
      there.keySet().removeAll(nodes);
    }
  }

  boolean at(What what, UUID nodeId) {
    return active.getOrDefault(what, Map.of()).containsKey(nodeId);
  }

  /** How late a set-point takes effect there, in seconds. */
  int delaySeconds(UUID nodeId) {
    return active.getOrDefault(What.DEVICE_SLOW, Map.of()).getOrDefault(nodeId, 0);
  }
}
