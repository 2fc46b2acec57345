package io.busbar.balancing.decide;

import static io.busbar.balancing.SiteSketch.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.balancing.AllocationSummary;
import io.busbar.api.balancing.AllocationSummary.NodeAllocation;
import io.busbar.api.balancing.CycleResult.Outcome;
import io.busbar.api.balancing.ReasonCode;
import io.busbar.api.balancing.SourceMode;
import io.busbar.balancing.SiteSketch;
import io.busbar.testkit.Verifies;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@Verifies("FR-006")
class ReportTest {

  private static SiteSketch site() {
    return new SiteSketch()
        .grid("g", 12_000)
        .circuit("c", "g", 6_000)
        .connectors("c", "a1", "a2")
        .point("p", "g", 3_000)
        .connectorAt("b1", "p", 7_360)
        .connectorAt("b2", "p", 7_360);
  }

  @Test
  void everyRequestMetIsAppliedWithoutReasons() {
    assertEnding(new Situation(site()).wants("a1", 5_000), Outcome.APPLIED);
  }

  @Test
  void nothingWantedIsApplied() {
    assertEnding(new Situation(site()), Outcome.APPLIED);
  }

  @Test
  void aCircuitAboveIsAnAncestor() {
    assertEnding(
        new Situation(site()).wants("a1", 7_000),
        Outcome.CURTAILED,
        ReasonCode.ANCESTOR_CAP_EXCEEDED);
  }

  @Test
  void aChargePointSharedByItsConnectorsIsTheNodesOwn() {
    assertEnding(
        new Situation(site()).wants("b1", 3_000).wants("b2", 3_000),
        Outcome.CURTAILED,
        ReasonCode.NODE_CAP_EXCEEDED);
  }

  @Test
  void theAggregateCapIsTheAggregate() {
    assertEnding(
        new Situation(site().aggregate(4_000)).wants("a1", 5_000),
        Outcome.CURTAILED,
        ReasonCode.AGGREGATE_CAP_EXCEEDED);
  }

  @Test
  @Verifies("FR-012")
  void theOrderOfReasonsIsThatOfTheContract() {
    assertThat(ReasonCode.values())
        .extracting(Enum::name)
        .containsExactly(
            "TOPOLOGY_INVALID",
            "TOPOLOGY_VERSION_CONFLICT",
            "ANCESTOR_CAP_EXCEEDED",
            "AGGREGATE_CAP_EXCEEDED",
            "NODE_CAP_EXCEEDED",
            "TELEMETRY_STALE_FALLBACK_USED",
            "LEGACY_ALIAS_TRANSLATION_APPLIED");
  }

  @Test
  @Verifies("FR-012")
  void reasonsComeInTheirOrderEachOnce() {
    assertEnding(
        new Situation(site().meter("m", "c", SiteSketch.fixed(1_000)))
            .wants("b1", 3_000)
            .wants("b2", 3_000)
            .wants("a1", 7_000)
            .wants("a2", 7_000),
        Outcome.CURTAILED,
        ReasonCode.ANCESTOR_CAP_EXCEEDED,
        ReasonCode.NODE_CAP_EXCEEDED,
        ReasonCode.TELEMETRY_STALE_FALLBACK_USED);
  }

  @Test
  void nothingUsableAnywhereIsRejected() {
    assertEnding(
        new Situation(site().meter("m", "g")).wants("a1", 5_000),
        Outcome.REJECTED,
        ReasonCode.TELEMETRY_STALE_FALLBACK_USED);
  }

  @Test
  void sumsGoUpAndTheBindingLimitIsNamed() {
    Situation situation =
        new Situation(site().meter("m", "g"))
            .meter("m", 1_000)
            .wants("a1", 7_000)
            .wants("a2", 1_500);
    Report report = new Report(situation.tree());

    AllocationSummary summary = report.summary(situation.decide());

    assertThat(summary.requestedWatts()).isEqualTo(8_500);
    assertThat(summary.allocatedWatts()).isEqualTo(6_000);
    assertThat(summary.uncontrolledWatts()).isEqualTo(1_000);
    assertThat(summary.byNode())
        .extracting(NodeAllocation::nodeId)
        .containsExactlyElementsOf(
            IntStream.range(1, situation.tree().size())
                .mapToObj(node -> situation.tree().node(node).nodeId())
                .toList());
    NodeAllocation circuit = line(summary, "c");
    assertThat(circuit.requestedWatts()).isEqualTo(8_500);
    assertThat(circuit.limitWatts()).hasValue(6_000);
    assertThat(circuit.bindingConstraintRef()).contains("node-limit:" + id("limit c"));
    NodeAllocation cut = line(summary, "a1");
    assertThat(cut.allocatedWatts()).isEqualTo(4_500);
    assertThat(cut.bindingConstraintRef()).contains("node-limit:" + id("limit c"));
    assertThat(cut.bindingNodeId()).contains(id("c"));
    NodeAllocation met = line(summary, "a2");
    assertThat(met.bindingConstraintRef()).contains(AllocationSummary.DEMAND_MET);
    assertThat(met.bindingNodeId()).isEmpty();
    assertThat(line(summary, "g").measuredWatts()).hasValue(1_000);
    assertThat(line(summary, "g").bindingConstraintRef()).isEmpty();
  }

  @Test
  void aMeterThatSaysNothingIsNamed() {
    Situation situation = new Situation(site().meter("m", "c")).wants("a1", 5_000);

    NodeAllocation line = line(new Report(situation.tree()).summary(situation.decide()), "a1");

    assertThat(line.bindingConstraintRef()).contains("meter:m");
    assertThat(line.bindingNodeId()).contains(id("c"));
    assertThat(line(new Report(situation.tree()).summary(situation.decide()), "c").sourceMode())
        .isEqualTo(SourceMode.FALLBACK_DERIVED);
  }

  @Test
  void linesThatDidNotChangeAreTheSameOnes() {
    Situation situation = new Situation(site()).wants("a1", 5_000).wants("b1", 2_000);
    Report report = new Report(situation.tree());
    AllocationSummary first = report.summary(situation.decide());

    AllocationSummary second = report.summary(situation.wants("b1", 2_500).decide());

    assertThat(line(second, "a1")).isSameAs(line(first, "a1"));
    assertThat(line(second, "c")).isSameAs(line(first, "c"));
    assertThat(line(second, "b1").allocatedWatts()).isEqualTo(2_500);
    assertThat(line(first, "b1").allocatedWatts()).isEqualTo(2_000);
  }

  private static NodeAllocation line(AllocationSummary summary, String node) {
    return summary.byNode().stream()
        .filter(line -> line.nodeId().equals(id(node)))
        .findFirst()
        .orElseThrow();
  }

  private static void assertEnding(Situation situation, Outcome outcome, ReasonCode... reasons) {
    Report.Ending ending = new Report(situation.tree()).ending(situation.decide());

    assertThat(ending.outcome()).isEqualTo(outcome);
    assertThat(ending.reasons()).containsExactly(reasons);
  }
}
