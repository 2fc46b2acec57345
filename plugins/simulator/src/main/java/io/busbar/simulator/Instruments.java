package io.busbar.simulator;

import io.busbar.api.field.Reading;
import io.busbar.api.simulator.Degrade.What;
import io.busbar.api.topology.Meter;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.TopologySnapshot;
import io.busbar.api.topology.Wiring;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** What a site's devices and meters say of it, as far as nothing is wrong with them. */
final class Instruments {

  private final Map<UUID, Optional<Wiring>> connectors = new LinkedHashMap<>();
  private final List<UUID> meters = new ArrayList<>();
  private final Map<UUID, Reading> last = new HashMap<>();

  Instruments(TopologySnapshot site) {
    for (MicrogridNode node : site.nodes()) {
      if (node.nodeType() == NodeType.CONNECTOR) {
        connectors.put(node.nodeId(), node.asset().flatMap(asset -> asset.wiring()));
      } else if (node.nodeType() == NodeType.POWER_SOURCE) {
        meters.add(node.nodeId());
      }
    }
    site.meters().stream()
        .map(Meter::nodeId)
        .filter(id -> !meters.contains(id))
        .forEach(meters::add);
  }

  Set<UUID> connectors() {
    return connectors.keySet();
  }

  /** Whether anything is measured there. */
  boolean measures(UUID nodeId) {
    return connectors.containsKey(nodeId) || meters.contains(nodeId);
  }

  /** Every node that is measured. */
  List<UUID> nodes() {
    List<UUID> nodes = new ArrayList<>(connectors.keySet());
    nodes.addAll(meters);
    return nodes;
  }

  /** Everything that can be read now. */
  List<Reading> read(Physics physics, Faults faults, Instant now) {
    List<Reading> readings = new ArrayList<>(connectors.size() + meters.size());
    connectors.forEach((id, wiring) -> tell(connector(id, wiring, physics, now), faults, readings));
    meters.forEach(id -> tell(meter(id, physics, now), faults, readings));
    return readings;
  }

  private void tell(Reading reading, Faults faults, List<Reading> readings) {
    UUID id = reading.nodeId();
    if (faults.at(What.READINGS_MISSING, id) || faults.at(What.DEVICE_OFFLINE, id)) {
      return;
    }
    if (faults.at(What.READINGS_STALE, id)) {
      readings.add(last.getOrDefault(id, reading));
    } else if (faults.at(What.READINGS_FROZEN, id)) {
      readings.add(measuredAt(last.getOrDefault(id, reading), reading.measuredAt()));
    } else {
      last.put(id, reading);
      readings.add(reading);
    }
  }

  private static Reading measuredAt(Reading frozen, Instant at) {
    return new Reading(
        frozen.nodeId(),
        at,
        frozen.powerWatts(),
        frozen.energyWattHours(),
        frozen.currentAmps(),
        frozen.vehicle(),
        frozen.limitWatts());
  }

  private static Reading meter(UUID id, Physics physics, Instant now) {
    return new Reading(
        id,
        now,
        OptionalInt.of(physics.watts(id)),
        OptionalLong.of(physics.wattHoursTaken(id)),
        List.of(),
        Optional.empty(),
        OptionalInt.empty());
  }

  private static Reading connector(UUID id, Optional<Wiring> wiring, Physics physics, Instant now) {
    Evse evse = physics.evse(id).orElseThrow();
    return new Reading(
        id,
        now,
        OptionalInt.of(evse.watts()),
        OptionalLong.of(evse.energyWattHours()),
        wiring.map(wires -> amps(wires, evse.watts())).orElse(List.of()),
        Optional.of(evse.vehicle()),
        OptionalInt.of(evse.limitWatts()));
  }

  /** Currents of L1, L2 and L3 at nominal voltage and power factor 1. */
  private static List<Double> amps(Wiring wiring, int watts) {
    double amps = (double) watts / wiring.wattsPerAmp();
    return switch (wiring.phases()) {
      case L1 -> List.of(amps, 0.0, 0.0);
      case L2 -> List.of(0.0, amps, 0.0);
      case L3 -> List.of(0.0, 0.0, amps);
      case L1L2 -> List.of(amps, amps, 0.0);
      case L2L3 -> List.of(0.0, amps, amps);
      case L3L1 -> List.of(amps, 0.0, amps);
      case L1L2L3 -> List.of(amps, amps, amps);
    };
  }
}
