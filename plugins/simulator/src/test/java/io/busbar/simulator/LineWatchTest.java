package io.busbar.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.busbar.api.topology.AssetFacts;
import io.busbar.api.topology.Conductor;
import io.busbar.api.topology.Conductor.Carries;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.TopologySnapshot;
import io.busbar.api.topology.Wiring;
import io.busbar.api.topology.Wiring.Phases;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LineWatchTest {

  private final List<String> seen = new ArrayList<>();

  private static MicrogridNode with(MicrogridNode node, AssetFacts asset) {
    return new MicrogridNode(
        node.nodeId(),
        node.microgridId(),
        node.parentNodeId(),
        node.name(),
        node.nodeType(),
        node.attachedAssetType(),
        node.attachedAssetId(),
        node.status(),
        node.displayOrder(),
        Optional.of(asset));
  }

  /** A grid connection whose line 1 carries 30 A, and connectors wired like this. */
  private static LineWatch watch(int volts, Phases... wired) {
    TopologySnapshot plain = Sites.site(wired.length, 100_000);
    List<MicrogridNode> nodes = new ArrayList<>();
    List<UUID> loads = new ArrayList<>();
    for (MicrogridNode node : plain.nodes()) {
      AssetFacts facts = node.asset().orElseThrow();
      boolean connector = node.nodeType() == NodeType.CONNECTOR;
      Optional<Wiring> wiring =
          connector ? Optional.of(new Wiring(volts, wired[loads.size()])) : Optional.empty();
      nodes.add(
          with(
              node,
              new AssetFacts(
                  facts.ref(),
                  facts.ratedWatts(),
                  OptionalInt.empty(),
                  wiring,
                  facts.connector(),
                  facts.source(),
                  connector ? List.of() : List.of(new Conductor("L1", 30, Carries.L1)))));
      if (connector) {
        loads.add(node.nodeId());
      }
    }
    loads.add(Sites.GRID);
    return new LineWatch(
        new TopologySnapshot(plain.microgrid(), nodes, plain.limits(), plain.meters()), loads);
  }

  private double amps(LineWatch watch, int... watts) {
    watch.look(
        watts,
        (node, line, amps, limit) -> seen.add("%s %.3f of %.0f".formatted(line, amps, limit)));
    return watch.worst() * 30;
  }

  @Test
  void loadsOnOneLineAddUpAndThoseOnOthersDoNotCount() {
    LineWatch watch = watch(230, Phases.L1, Phases.L1, Phases.L2);
    assertThat(amps(watch, 2_300, 1_150, 6_900, 0)).isCloseTo(15, within(1e-9));
    assertThat(seen).isEmpty();
  }

  @Test
  void pairsAddUpAsPhasors() {
    LineWatch watch = watch(208, Phases.L1L2, Phases.L3L1);
    double expected = Math.sqrt(10 * 10 + 20 * 20 + 10 * 20);
    assertThat(amps(watch, 2_080, 4_160, 0)).isCloseTo(expected, within(1e-9));
  }

  @Test
  void buildingsAreSpreadEvenly() {
    assertThat(amps(watch(230, Phases.L2), 0, 6_900)).isCloseTo(10, within(1e-9));
  }

  @Test
  void aLineThatCarriesTooMuchIsNamed() {
    amps(watch(230, Phases.L1), 6_901, 0);
    assertThat(seen).containsExactly("L1 30.004 of 30");
  }

  @Test
  void aSiteWithoutBoundedLinesIsIdle() {
    assertThat(new LineWatch(Sites.site(2, 10_000), List.of()).isIdle()).isTrue();
  }
}
