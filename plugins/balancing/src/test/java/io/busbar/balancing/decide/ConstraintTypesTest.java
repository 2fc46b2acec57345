package io.busbar.balancing.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.balancing.AllocationSummary.NodeAllocation;
import io.busbar.api.balancing.Breach;
import io.busbar.api.balancing.ReasonCode;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.balancing.SiteSketch;
import io.busbar.balancing.decide.MeterMemory.Rise;
import io.busbar.balancing.decide.Snapshot.SourceInput;
import io.busbar.testkit.Verifies;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Consumption, generation and net limits; 20 % of what is generated may be gone at once. */
@Verifies({"FR-003", "FR-006", "NFR-004"})
class ConstraintTypesTest {

  private static final Instant NOW = Situation.NOW;

  private static SiteSketch site() {
    return new SiteSketch()
        .grid("g", 100_000)
        .circuit("c", "g", 100_000)
        .solar("pv", "c", 10_000)
        .connectors("c", "a", "b");
  }

  private static Situation busy(SiteSketch sketch) {
    return new Situation(sketch).wants("a", 7_000).wants("b", 7_000);
  }

  private static String ref(String limit) {
    return "node-limit:" + SiteSketch.id("limit " + limit);
  }

  private static NodeAllocation line(Situation situation, String name) {
    Decision decision = situation.decide();
    return new Report(situation.tree()).summary(decision).byNode().get(situation.node(name) - 1);
  }

  @Test
  void generationMakesRoomUnderANetLimitOnly() {
    Situation net = busy(site().alsoLimited("c", ConstraintType.NET_CAP, 4_000));
    Situation gross = busy(site().alsoLimited("c", ConstraintType.CONSUMPTION_CAP, 4_000));

    assertThat(total(net.source("pv", 0))).isEqualTo(4_000);
    assertThat(total(net.source("pv", -5_000))).isEqualTo(4_000 + 4_000);
    assertThat(total(gross.source("pv", -5_000))).isEqualTo(4_000);
  }

  private static long total(Situation situation) {
    Decision decision = situation.decide();
    return decision.share(0).watts() + decision.share(1).watts();
  }

  @Test
  void generationThatIsNotMeasuredMakesNone() {
    Situation situation = busy(site().alsoLimited("c", ConstraintType.NET_CAP, 4_000));

    assertThat(total(situation)).as("never heard of").isEqualTo(4_000);
    SourceInput old = Situation.sourceInput(true, NOW.minusSeconds(31), -5_000);
    assertThat(total(situation.source("pv", old))).as("too old").isEqualTo(4_000);
    assertThat(total(situation.source("pv", -50_000))).as("impossible").isEqualTo(4_000);
  }

  @Test
  void asMuchAsGenerationFellOfLateIsKeptAside() {
    Situation situation = busy(site().alsoLimited("c", ConstraintType.NET_CAP, 4_000));
    MeterMemory before = MeterMemory.of(-8_000, NOW.minusSeconds(10), Rise.NONE);
    SourceInput fallen = new SourceInput(true, NOW, -5_000, NOW, before);

    assertThat(total(situation.source("pv", fallen))).isEqualTo(4_000 + 5_000 - 3_000);

    MeterMemory remembered = situation.decide().sources().getFirst();
    assertThat(remembered.rise()).isEqualTo(new Rise(3_000, NOW));
    SourceInput later = new SourceInput(true, at(901), -5_000, at(900), remembered);
    Situation next = situation.at(at(901)).source("pv", later);
    assertThat(total(next)).as("forgotten").isEqualTo(4_000 + 4_000);
  }

  @Test
  void generationThatJumpsUpMakesRoomWhenASecondReadingSaysSo() {
    Situation situation = busy(site().alsoLimited("c", ConstraintType.NET_CAP, 4_000));
    MeterMemory before = MeterMemory.of(-1_000, NOW.minusSeconds(10), Rise.NONE);

    situation.source("pv", new SourceInput(true, NOW, -9_000, NOW, before));
    assertThat(total(situation)).isEqualTo(4_000 + 800);

    MeterMemory doubting = situation.decide().sources().getFirst();
    Instant later = NOW.plusSeconds(5);
    situation.at(later).source("pv", new SourceInput(true, later, -9_000, later, doubting));
    assertThat(total(situation)).isEqualTo(4_000 + 7_200);
  }

  @Test
  void aMeterAboveASourceMeasuresTheDifferenceWhateverTheSourceSays() {
    SiteSketch sketch = site().alsoLimited("c", ConstraintType.NET_CAP, 4_000).meter("m", "c");
    Situation situation = busy(sketch).meter("m", -2_000);

    assertThat(total(situation.source("pv", -5_000))).isEqualTo(4_000 + 2_000 - 1_000);
    assertThat(total(situation.source("pv", -6_000))).isEqualTo(4_000 + 2_000 - 1_200);
  }

  @Test
  void theTighterOfTwoTypesBindsAndIsNamed() {
    SiteSketch sketch =
        new SiteSketch()
            .grid("g", 100_000)
            .circuit("c", "g", 9_000)
            .solar("pv", "c", 10_000)
            .connectors("c", "a", "b")
            .alsoLimited("c", ConstraintType.NET_CAP, 4_000);
    Situation dark = busy(sketch).source("pv", 0);
    Situation bright = busy(sketch).source("pv", -10_000);

    assertThat(line(dark, "a").bindingConstraintRef()).contains(ref("c-also NET_CAP"));
    assertThat(line(dark, "c").bindingConstraintRef()).contains(ref("c-also NET_CAP"));
    assertThat(line(dark, "c").limitWatts()).hasValue(4_000);
    assertThat(line(bright, "a").bindingConstraintRef()).contains(ref("c"));
    assertThat(line(bright, "c").limitWatts()).hasValue(9_000);
    assertThat(total(bright)).isEqualTo(9_000);
  }

  @Test
  void theAggregateMayBeANetLimitToo() {
    Situation situation = busy(site().aggregate(ConstraintType.NET_CAP, 4_000));

    assertThat(total(situation.source("pv", -5_000))).isEqualTo(8_000);
    assertThat(line(situation, "a").bindingConstraintRef()).contains(ref("aggregate NET_CAP"));
    assertThat(new Report(situation.tree()).ending(situation.decide()).reasons())
        .containsExactly(ReasonCode.AGGREGATE_CAP_EXCEEDED);
  }

  @Test
  void aGenerationLimitBoundsNoCharging() {
    Situation situation = busy(site().alsoLimited("c", ConstraintType.GENERATION_CAP, 1));

    assertThat(total(situation.source("pv", -5_000))).isEqualTo(14_000);
  }

  @Test
  void tooMuchGenerationIsABreachOfTheNodeOrOfTheWholeSite() {
    SiteSketch sketch =
        site()
            .alsoLimited("pv", ConstraintType.GENERATION_CAP, 6_000)
            .aggregate(ConstraintType.GENERATION_CAP, 7_000);

    List<Breach> breaches = breaches(new Situation(sketch).source("pv", -8_000));

    assertThat(breaches)
        .extracting(Breach::constraintRef, Breach::reasonCode, Breach::effectiveDemandWatts)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(
                ref("pv-also GENERATION_CAP"), ReasonCode.NODE_CAP_EXCEEDED, 8_000),
            org.assertj.core.groups.Tuple.tuple(
                ref("aggregate GENERATION_CAP"), ReasonCode.AGGREGATE_CAP_EXCEEDED, 8_000));
  }

  @Test
  void aNetLimitIsBreachedInBothDirectionsAndClosedInBetween() {
    SiteSketch sketch = site().alsoLimited("c", ConstraintType.NET_CAP, 4_000);
    BreachWatch watch = new BreachWatch(Situation.POLICY);
    Situation out = new Situation(sketch).source("pv", -9_000).draws("a", 7_000, 1_500);
    Situation in = new Situation(sketch).source("pv", -100).draws("a", 7_000, 7_000);
    Situation even = new Situation(sketch).source("pv", -6_000).draws("a", 7_000, 7_000);

    look(watch, out, 0);
    Breach fed = look(watch, out, 2).getFirst();
    assertThat(fed.effectiveDemandWatts()).isEqualTo(-7_500);
    assertThat(fed.resolvedLimitWatts()).isEqualTo(4_000);
    assertThat(fed.reasonCode()).isEqualTo(ReasonCode.ANCESTOR_CAP_EXCEEDED);
    assertThat(fed.nodeId()).contains(SiteSketch.id("c"));
    assertThat(look(watch, even, 12).getFirst().clearedAt()).isPresent();

    look(watch, in, 20);
    assertThat(look(watch, in, 22).getFirst().effectiveDemandWatts()).isEqualTo(6_900);
  }

  @Test
  void aDifferenceOfWhichAPartIsNotMeasuredIsNoBreach() {
    SiteSketch sketch = site().alsoLimited("c", ConstraintType.NET_CAP, 4_000);

    assertThat(breaches(new Situation(sketch).draws("a", 7_000, 7_000))).isEmpty();
    assertThat(breaches(new Situation(sketch).source("pv", -9_000).silent("a", 7_000, 0)))
        .isEmpty();
  }

  @Test
  void whatIsConsumedBreachesAConsumptionLimitWhateverIsGenerated() {
    SiteSketch sketch = site().alsoLimited("c", ConstraintType.CONSUMPTION_CAP, 4_000);

    assertThat(breaches(new Situation(sketch).source("pv", -9_000).draws("a", 7_000, 7_000)))
        .singleElement()
        .satisfies(
            breach -> assertThat(breach.constraintRef()).isEqualTo(ref("c-also CONSUMPTION_CAP")));
  }

  @Test
  void aBreachOfALimitWhoseTypeChangedIsClosed() {
    BreachWatch watch = new BreachWatch(Situation.POLICY);
    Situation before =
        new Situation(site().alsoLimited("c", ConstraintType.GENERATION_CAP, 1_000))
            .source("pv", -9_000);
    look(watch, before, 0);
    look(watch, before, 2);

    assertThat(look(watch, new Situation(site()).source("pv", -9_000), 3))
        .singleElement()
        .satisfies(breach -> assertThat(breach.clearedAt()).isEqualTo(Optional.of(at(3))));
  }

  private static List<Breach> breaches(Situation situation) {
    BreachWatch watch = new BreachWatch(Situation.POLICY);
    look(watch, situation, 0);
    return look(watch, situation, 2);
  }

  private static Instant at(int second) {
    return NOW.plusSeconds(second);
  }

  private static List<Breach> look(BreachWatch watch, Situation situation, int second) {
    return watch.look(situation.tree(), situation.decide(), at(second));
  }
}
