package io.busbar.bench;

import io.busbar.api.topology.AssetFacts;
import io.busbar.api.topology.AssetFacts.ConnectorFacts;
import io.busbar.api.topology.LineAmps;
import io.busbar.api.topology.Meter;
import io.busbar.api.topology.Microgrid;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.TopologySnapshot;
import io.busbar.api.topology.Wiring;
import io.busbar.api.topology.Wiring.Phases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** The depot as a site of the product: every limit in watts and, if wired, in amperes per line. */
final class DepotSite {

  /**
   * What differs between sites on the same depot.
   *
   * @param lines whether circuits and grid connections bound the current of each line
   * @param mixed whether two in three connectors hang from one line only, in turn
   * @param stepAmps resolution of set-points; 0 for continuous
   */
  record Style(boolean lines, boolean mixed, double stepAmps) {
    static final Style PLAIN = new Style(false, false, 0);
    static final Style STEPS = new Style(false, false, 1);
  }

  private static final int VOLTS = 230;
  private static final int WATCHDOG_SECONDS = 60;
  private static final Phases[] IN_TURN = {Phases.L1L2L3, Phases.L1, Phases.L2, Phases.L3};

  private final Depot depot;
  private final Style style;
  private final int number;
  private final UUID microgridId;
  private final List<MicrogridNode> nodes = new ArrayList<>();
  private final List<NodeLimit> limits = new ArrayList<>();

  private DepotSite(Depot depot, Style style, int number) {
    this.depot = depot;
    this.style = style;
    this.number = number;
    this.microgridId = id(0, 0);
  }

  /** The tree with its limits and one meter, at the first grid connection. */
  static TopologySnapshot of(Depot depot, Style style) {
    return of(depot, style, 0);
  }

  /** One of many: those of different numbers have nothing in common but their shape. */
  static TopologySnapshot of(Depot depot, Style style, int number) {
    return new DepotSite(depot, style, number).topology();
  }

  private TopologySnapshot topology() {
    int[] depth = new int[depot.nodes()];
    int connectors = 0;
    limit(0, 0);
    for (int node = 1; node < depot.nodes(); node++) {
      depth[node] = depth[depot.parent[node]] + 1;
      NodeType type = type(depth[node]);
      Phases phases = Phases.L1L2L3;
      if (type == NodeType.CONNECTOR) {
        phases = style.mixed ? IN_TURN[connectors % IN_TURN.length] : phases;
        connectors++;
      }
      nodes.add(node(node, type, phases));
      limit(node, depth[node]);
    }
    Meter meter = new Meter(id(2, 1), "meter", id(1, 1), List.of());
    return new TopologySnapshot(
        new Microgrid(microgridId, id(3, 0), "depot " + number, "UTC", 1),
        nodes,
        limits,
        List.of(meter));
  }

  private static NodeType type(int depth) {
    return switch (depth) {
      case 1 -> NodeType.GRID_CONNECTION;
      case 2 -> NodeType.CIRCUIT;
      case 3 -> NodeType.CHARGE_POINT;
      default -> NodeType.CONNECTOR;
    };
  }

  private MicrogridNode node(int node, NodeType type, Phases phases) {
    int parent = depot.parent[node];
    String name = type + " " + node;
    return new MicrogridNode(
        id(1, node),
        microgridId,
        parent == 0 ? Optional.empty() : Optional.of(id(1, parent)),
        name,
        type,
        Optional.empty(),
        Optional.empty(),
        MicrogridNode.Status.ACTIVE,
        node,
        Optional.of(facts(name, type, new Wiring(VOLTS, phases))));
  }

  private AssetFacts facts(String name, NodeType type, Wiring wiring) {
    if (type != NodeType.CONNECTOR) {
      return new AssetFacts(
          name,
          Integer.MAX_VALUE,
          OptionalInt.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of());
    }
    return new AssetFacts(
        name,
        (int) (Depot.MAX_AMPS * wiring.wattsPerAmp()),
        OptionalInt.of(0),
        Optional.of(wiring),
        Optional.of(
            new ConnectorFacts(
                Depot.MIN_AMPS,
                Depot.MAX_AMPS,
                style.stepAmps,
                0,
                WATCHDOG_SECONDS,
                (int) (Depot.MIN_AMPS * wiring.wattsPerAmp()))),
        Optional.empty(),
        List.of());
  }

  private void limit(int node, int depth) {
    double amps = depot.limitAmps[node];
    boolean lines = style.lines && (depth == 1 || depth == 2);
    limits.add(
        new NodeLimit(
            id(4, node),
            microgridId,
            node == 0 ? Optional.empty() : Optional.of(id(1, node)),
            NodeLimit.ConstraintType.CONSUMPTION_CAP,
            (int) Math.min(Integer.MAX_VALUE, amps * Depot.WATTS_PER_AMP),
            lines ? Optional.of(new LineAmps(amps, amps, amps)) : Optional.empty(),
            NodeLimit.SourceType.MANUAL,
            NodeLimit.Status.ACTIVE,
            Instant.EPOCH));
  }

  /** Ids as they are random: with nothing of their order in the tree. */
  private UUID id(int kind, int node) {
    long seed = (number * 5L + kind) * 0x1_0000_0000L + node + 1;
    return new UUID(mixed(seed), mixed(~seed));
  }

  private static long mixed(long seed) {
    long z = seed * 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
