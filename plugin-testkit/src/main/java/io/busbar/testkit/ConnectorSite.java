package io.busbar.testkit;

import io.busbar.api.Bus;
import io.busbar.api.topology.AssetFacts;
import io.busbar.api.topology.AssetFacts.ConnectorFacts;
import io.busbar.api.topology.ListSites;
import io.busbar.api.topology.Microgrid;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.AssetType;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.MicrogridNode.Status;
import io.busbar.api.topology.SiteList;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.api.topology.TopologySnapshot;
import io.busbar.api.topology.Wiring;
import io.busbar.api.topology.Wiring.Phases;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * A site for tests of drivers: a grid connection with some connectors of 22 kW, each on three
 * phases, 6 to 32 A. Plays topology on a bus.
 */
public final class ConnectorSite {

  public static final UUID MICROGRID = id("microgrid");

  /** Watts of one ampere on three phases. */
  public static final int WATTS_PER_AMP = 690;

  public static final int MAX_WATTS = 32 * WATTS_PER_AMP;
  public static final int MIN_WATTS = 6 * WATTS_PER_AMP;

  private static final UUID GRID = id("grid");
  private static final int GRID_WATTS = 1_000_000;

  private final int connectors;
  private final int failSafeAmps;
  private final int watchdogSeconds;

  /**
   * A site.
   *
   * @param connectors how many; their references are {@code C1}, {@code C2} …
   * @param failSafeAmps what each falls back to
   * @param watchdogSeconds after how long
   */
  public ConnectorSite(int connectors, int failSafeAmps, int watchdogSeconds) {
    this.connectors = connectors;
    this.failSafeAmps = failSafeAmps;
    this.watchdogSeconds = watchdogSeconds;
  }

  private static UUID id(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  /** Node of a connector, counted from 1. */
  public static UUID connector(int number) {
    return id("connector " + number);
  }

  /** Answers what a driver asks of topology. */
  public void answerOn(Bus bus) {
    TopologySnapshot snapshot = snapshot();
    bus.answer(
        TopologyAddresses.LIST_SITES,
        (ListSites question) -> new SiteList(List.of(snapshot.microgrid())));
    bus.answer(TopologyAddresses.SNAPSHOT.at(MICROGRID), question -> snapshot);
  }

  /** The site. */
  public TopologySnapshot snapshot() {
    List<MicrogridNode> nodes = new ArrayList<>();
    nodes.add(
        node(
            GRID,
            Optional.empty(),
            NodeType.GRID_CONNECTION,
            AssetType.CIRCUIT,
            0,
            new AssetFacts(
                "grid",
                GRID_WATTS,
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of())));
    for (int number = 1; number <= connectors; number++) {
      nodes.add(
          node(
              connector(number),
              Optional.of(GRID),
              NodeType.CONNECTOR,
              AssetType.CONNECTOR,
              number,
              facts("C" + number)));
    }
    Microgrid microgrid = new Microgrid(MICROGRID, id("depot"), "Test site", "UTC", 1);
    return new TopologySnapshot(microgrid, nodes, List.of(), List.of());
  }

  private AssetFacts facts(String ref) {
    return new AssetFacts(
        ref,
        MAX_WATTS,
        OptionalInt.of(failSafeAmps * WATTS_PER_AMP),
        Optional.of(new Wiring(230, Phases.L1L2L3)),
        Optional.of(new ConnectorFacts(6, 32, 0, failSafeAmps, watchdogSeconds, MIN_WATTS)),
        Optional.empty(),
        List.of());
  }

  private static MicrogridNode node(
      UUID id,
      Optional<UUID> parent,
      NodeType type,
      AssetType assetType,
      int order,
      AssetFacts facts) {
    return new MicrogridNode(
        id,
        MICROGRID,
        parent,
        facts.ref(),
        type,
        Optional.of(assetType),
        Optional.of(id),
        Status.ACTIVE,
        order,
        Optional.of(facts));
  }
}
