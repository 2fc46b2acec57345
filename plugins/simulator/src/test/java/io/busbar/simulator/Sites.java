package io.busbar.simulator;

import io.busbar.api.topology.AssetFacts;
import io.busbar.api.topology.Meter;
import io.busbar.api.topology.Microgrid;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.TopologySnapshot;
import io.busbar.api.topology.Wiring;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Makes small sites: one grid connection with a meter, connectors of 230 V and 32 A below it. */
final class Sites {

  static final UUID MICROGRID = id("microgrid");
  static final UUID GRID = id("grid");
  static final int MAX_WATTS = 7360;

  private Sites() {}

  static UUID id(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  /** A connector's node. */
  static UUID connector(int number) {
    return id("connector " + number);
  }

  static TopologySnapshot site(int connectors, int gridWatts) {
    return site(connectors, gridWatts, 1);
  }

  static TopologySnapshot site(int connectors, int gridWatts, int version) {
    List<MicrogridNode> nodes = new ArrayList<>();
    List<NodeLimit> limits = new ArrayList<>();
    nodes.add(node(GRID, null, "grid", NodeType.GRID_CONNECTION, gridWatts));
    limits.add(limit(GRID, gridWatts));
    for (int i = 0; i < connectors; i++) {
      nodes.add(node(connector(i), GRID, "C" + i, NodeType.CONNECTOR, MAX_WATTS));
      limits.add(limit(connector(i), MAX_WATTS));
    }
    Microgrid microgrid = new Microgrid(MICROGRID, id("depot"), "Test site", "UTC", version);
    return new TopologySnapshot(
        microgrid, nodes, limits, List.of(new Meter(id("meter"), "main", GRID, List.of())));
  }

  static MicrogridNode node(UUID id, UUID parent, String name, NodeType type, int watts) {
    boolean connector = type == NodeType.CONNECTOR;
    AssetFacts facts =
        new AssetFacts(
            name,
            watts,
            connector ? OptionalInt.of(0) : OptionalInt.empty(),
            connector ? Optional.of(new Wiring(230, Wiring.Phases.L1)) : Optional.empty(),
            connector
                ? Optional.of(new AssetFacts.ConnectorFacts(6, 32, 1, 0, 60, 1380))
                : Optional.empty(),
            Optional.empty(),
            List.of());
    return new MicrogridNode(
        id,
        MICROGRID,
        Optional.ofNullable(parent),
        name,
        type,
        Optional.empty(),
        Optional.empty(),
        MicrogridNode.Status.ACTIVE,
        0,
        Optional.of(facts));
  }

  static NodeLimit limit(UUID node, int watts) {
    return limit(Optional.of(node), NodeLimit.ConstraintType.CONSUMPTION_CAP, watts);
  }

  static NodeLimit limit(Optional<UUID> node, NodeLimit.ConstraintType type, int watts) {
    return new NodeLimit(
        id("limit " + node + type),
        MICROGRID,
        node,
        type,
        watts,
        Optional.empty(),
        NodeLimit.SourceType.PHYSICAL_DERIVED,
        NodeLimit.Status.ACTIVE,
        Instant.EPOCH);
  }
}
