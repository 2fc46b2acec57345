package io.busbar.simulator;

import io.busbar.api.topology.Microgrid;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.TopologySnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A grid connection with circuits, and connectors below the circuit that was added last. */
public final class SketchedSite {

  private final List<MicrogridNode> nodes = new ArrayList<>();
  private final List<NodeLimit> limits = new ArrayList<>();
  private final List<UUID> circuits = new ArrayList<>();
  private final List<UUID> connectors = new ArrayList<>();
  private final Map<UUID, Integer> watts = new HashMap<>();

  public SketchedSite(int gridWatts) {
    add(Sites.GRID, null, "grid", NodeType.GRID_CONNECTION, gridWatts);
  }

  private void add(UUID id, UUID parent, String name, NodeType type, int most) {
    nodes.add(Sites.node(id, parent, name, type, most));
    limits.add(Sites.limit(id, most));
    watts.put(id, most);
  }

  public void circuit(int most) {
    UUID id = Sites.id("circuit " + circuits.size());
    circuits.add(id);
    add(id, Sites.GRID, "circuit", NodeType.CIRCUIT, most);
  }

  public void connector(int most) {
    UUID id = Sites.connector(connectors.size());
    connectors.add(id);
    add(id, circuits.getLast(), "C" + (connectors.size() - 1), NodeType.CONNECTOR, most);
  }

  public UUID grid() {
    return Sites.GRID;
  }

  public List<UUID> circuits() {
    return circuits;
  }

  public List<UUID> connectors() {
    return connectors;
  }

  public int limit(UUID node) {
    return watts.get(node);
  }

  public TopologySnapshot snapshot() {
    Microgrid microgrid = new Microgrid(Sites.MICROGRID, Sites.id("depot"), "Test site", "UTC", 1);
    return new TopologySnapshot(microgrid, nodes, limits, List.of());
  }
}
