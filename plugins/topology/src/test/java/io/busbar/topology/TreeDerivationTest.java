package io.busbar.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.topology.AssetFacts;
import io.busbar.api.topology.AssetFacts.ConnectorFacts;
import io.busbar.api.topology.AssetFacts.SourceFacts;
import io.busbar.api.topology.Meter;
import io.busbar.api.topology.Meter.Fallback;
import io.busbar.api.topology.Meter.Fallback.Policy;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.Status;
import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.Wiring;
import io.busbar.api.topology.Wiring.Phases;
import io.busbar.testkit.LeapClock;
import io.busbar.testkit.Verifies;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@Verifies({"LB-01", "LB-03", "FR-010"})
class TreeDerivationTest {

  private static final Instant LATER = LeapClock.START.plusSeconds(60);

  private final Tree tree = SiteYaml.derive(SiteYaml.GOOD);

  @Test
  void circuitsWithoutParentBecomeGridConnectionsAndEverythingHangsWhereTheFileSays() {
    assertThat(tree.nodes())
        .extracting(node -> node.nodeType() + " " + node.name() + " under " + parentName(node))
        .containsExactly(
            "GRID_CONNECTION main under the microgrid",
            "CIRCUIT left under main",
            "CHARGE_POINT cp1 under left",
            "CONNECTOR c1 under cp1",
            "POWER_SOURCE roof under main",
            "POWER_SOURCE store under main",
            "CHARGE_POINT cp2 under main",
            "CONNECTOR cp2-1 under cp2",
            "CONNECTOR cp2-2 under cp2",
            "CHARGE_POINT cp3 under main",
            "CONNECTOR cp3-1 under cp3",
            "CONNECTOR cp3-2 under cp3");
    assertThat(tree.nodes())
        .extracting(MicrogridNode::displayOrder)
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void limitsComeFromTheRatingsOfTheAssets() {
    assertThat(tree.limits())
        .extracting(
            limit ->
                "%s %s %d %s %s"
                    .formatted(
                        name(limit.nodeId().orElseThrow()),
                        limit.constraintType(),
                        limit.limitWatts(),
                        limit.sourceType(),
                        limit.status()))
        .containsExactly(
            "main CONSUMPTION_CAP 100000 PHYSICAL_DERIVED ACTIVE",
            "main CONSUMPTION_CAP 40000 FAIL_SAFE INACTIVE",
            "left CONSUMPTION_CAP 69000 PHYSICAL_DERIVED ACTIVE",
            "cp1 CONSUMPTION_CAP 22080 PHYSICAL_DERIVED ACTIVE",
            "c1 CONSUMPTION_CAP 22080 PHYSICAL_DERIVED ACTIVE",
            "roof CONSUMPTION_CAP 0 PHYSICAL_DERIVED ACTIVE",
            "roof GENERATION_CAP 30000 PHYSICAL_DERIVED ACTIVE",
            "store CONSUMPTION_CAP 20000 PHYSICAL_DERIVED ACTIVE",
            "store GENERATION_CAP 25000 PHYSICAL_DERIVED ACTIVE",
            "cp2 CONSUMPTION_CAP 11000 PHYSICAL_DERIVED ACTIVE",
            "cp2-1 CONSUMPTION_CAP 7360 PHYSICAL_DERIVED ACTIVE",
            "cp2-2 CONSUMPTION_CAP 5000 PHYSICAL_DERIVED ACTIVE",
            "cp3 CONSUMPTION_CAP 11000 PHYSICAL_DERIVED ACTIVE",
            "cp3-1 CONSUMPTION_CAP 7360 PHYSICAL_DERIVED ACTIVE",
            "cp3-2 CONSUMPTION_CAP 5000 PHYSICAL_DERIVED ACTIVE");
  }

  @Test
  void aNodeCarriesTheFactsOfItsAsset() {
    assertThat(facts("c1"))
        .isEqualTo(
            new AssetFacts(
                "c1",
                22080,
                OptionalInt.of(4140),
                Optional.of(new Wiring(230, Phases.L1L2L3)),
                Optional.of(new ConnectorFacts(6, 32, 0, 6, 60, 4140)),
                Optional.empty(),
                List.of()));
    assertThat(facts("store").source()).contains(new SourceFacts(SourceFacts.Kind.BATTERY, 25000));
    assertThat(facts("main").failSafeWatts()).hasValue(40000);
  }

  @Test
  void howFastSomethingMayRiseIsAFactOfItsAsset() {
    String text =
        SiteYaml.GOOD
            .replace(
                "default_capacity_amps: 100\n",
                "default_capacity_amps: 100\n    ramp_amps_per_second: 2\n")
            .replace("fail_safe_amps: 6\n", "fail_safe_amps: 6\n    ramp_watts_per_second: 300\n");
    Tree rising = SiteYaml.derive(text);

    assertThat(rampOf(rising, "left")).hasValue(2 * 3 * 230);
    assertThat(rampOf(rising, "c1")).hasValue(300);
    assertThat(rampOf(rising, "main")).isEmpty();
  }

  private static OptionalInt rampOf(Tree tree, String name) {
    return tree.nodes().stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .flatMap(MicrogridNode::asset)
        .orElseThrow()
        .rampWattsPerSecond();
  }

  @Test
  void aRampInAmperesNeedsLines() {
    assertThat(
            SiteYaml.problems(
                SiteYaml.GOOD.replace(
                    "fail_safe_capacity_watts: 40000\n",
                    "fail_safe_capacity_watts: 40000\n    ramp_amps_per_second: 2\n")))
        .singleElement()
        .asString()
        .contains("circuit 'main' has ramp_amps_per_second, which needs volts and phases")
        .endsWith("(MISSING_RATING)");
  }

  @Test
  void whatIsKnownOfTheValuesOfAMeterIsKept() {
    String known =
        "    circuit: main\n"
            + "    min_watts: -20000\n"
            + "    frozen_seconds: 0\n"
            + "    jump_watts: 9000\n"
            + "    fallback";

    assertThat(tree.meters().getFirst().checks()).isEqualTo(Meter.Checks.USUAL);
    assertThat(
            SiteYaml.derive(SiteYaml.GOOD.replace("    circuit: main\n    fallback", known))
                .meters()
                .getFirst()
                .checks())
        .isEqualTo(
            new Meter.Checks(
                OptionalInt.of(-20_000),
                OptionalInt.empty(),
                OptionalInt.of(0),
                OptionalInt.of(9_000)));
  }

  @Test
  void aMeterThatCanShowNothingIsNamed() {
    String upsideDown = "    circuit: main\n    min_watts: 10\n    max_watts: 10\n    fallback";

    assertThat(
            SiteYaml.problems(SiteYaml.GOOD.replace("    circuit: main\n    fallback", upsideDown)))
        .singleElement()
        .asString()
        .contains("meter 'm1': min_watts 10 is not below its max_watts");
  }

  @Test
  void aMeterMeasuresTheNodeOfItsAssetAndKeepsTheOrderOfItsFallbacks() {
    assertThat(tree.meters())
        .singleElement()
        .satisfies(
            meter -> {
              assertThat(meter.ref()).isEqualTo("m1");
              assertThat(name(meter.nodeId())).isEqualTo("main");
              assertThat(meter.fallback())
                  .containsExactly(
                      new Fallback(Policy.LAST_GOOD, OptionalInt.empty(), OptionalInt.of(60)),
                      new Fallback(Policy.FIXED, OptionalInt.of(90000), OptionalInt.empty()),
                      new Fallback(Policy.RATED, OptionalInt.empty(), OptionalInt.empty()));
            });
    assertThat(tree.meters()).extracting(Meter::meterId).doesNotContainNull();
  }

  @Test
  @Verifies("NFR-001")
  void theSameAssetsGiveTheSameTreeWithTheSameIds() {
    assertThat(SiteYaml.derive(SiteYaml.GOOD)).isEqualTo(tree);
  }

  @Test
  void depotsWithTheSameNamesInsideHaveDifferentIds() {
    Tree other = SiteYaml.derive(SiteYaml.GOOD.replace("id: north", "id: south"));

    assertThat(other.nodes())
        .extracting(MicrogridNode::nodeId)
        .doesNotContainAnyElementsOf(tree.nodes().stream().map(MicrogridNode::nodeId).toList());
  }

  @Test
  void aDepotWhoseIdIsAUuidKeepsIt() {
    UUID id = UUID.fromString("7d444840-9dc0-11d1-b245-5ffdce74fad2");

    assertThat(new SiteIds(id.toString()).depotId()).isEqualTo(id);
    assertThat(new SiteIds("north").depotId()).isEqualTo(new SiteIds("north").depotId());
  }

  @Test
  void idAndStatusOfANodeStayWhileItsAssetDoes() {
    MicrogridNode old = tree.nodes().getLast();
    UUID otherId = UUID.fromString("00000000-0000-0000-0000-000000000042");
    MicrogridNode edited =
        new MicrogridNode(
            otherId,
            old.microgridId(),
            old.parentNodeId(),
            "renamed",
            old.nodeType(),
            old.attachedAssetType(),
            old.attachedAssetId(),
            Status.MAINTENANCE,
            99,
            old.asset());

    Tree again =
        SiteYaml.derive(
            SiteYaml.GOOD, new Tree(List.of(edited), List.of(), List.of()), LeapClock.START);

    MicrogridNode kept = again.nodes().getLast();
    assertThat(kept.nodeId()).isEqualTo(otherId);
    assertThat(kept.status()).isEqualTo(Status.MAINTENANCE);
    assertThat(kept.name()).isEqualTo("cp3-2");
    assertThat(again.limits().getLast().nodeId()).contains(otherId);
  }

  @Test
  void onlyLimitsThatChangedGetANewTime() {
    String changed = SiteYaml.GOOD.replace("max_amps: 32 }", "max_amps: 16 }");

    Tree again = SiteYaml.derive(changed, tree, LATER);

    assertThat(again.limits())
        .filteredOn(limit -> limit.updatedAt().equals(LATER))
        .extracting(NodeLimit::limitWatts)
        .containsExactly(3680, 3680);
    assertThat(again.limits())
        .filteredOn(limit -> limit.updatedAt().equals(LeapClock.START))
        .hasSize(13);
  }

  private AssetFacts facts(String ref) {
    return tree.nodes().stream()
        .map(node -> node.asset().orElseThrow())
        .filter(asset -> asset.ref().equals(ref))
        .findFirst()
        .orElseThrow();
  }

  private String parentName(MicrogridNode node) {
    return node.parentNodeId().map(this::name).orElse("the microgrid");
  }

  private String name(UUID nodeId) {
    Map<UUID, String> names = new HashMap<>();
    tree.nodes().forEach(node -> names.put(node.nodeId(), node.name()));
    return names.get(nodeId);
  }
}
