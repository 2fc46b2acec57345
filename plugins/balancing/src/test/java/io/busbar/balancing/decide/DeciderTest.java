package io.busbar.balancing.decide;

import static io.busbar.balancing.SiteSketch.MIN;
import static io.busbar.balancing.SiteSketch.fixed;
import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.topology.MicrogridNode.Status;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.balancing.SiteSketch;
import io.busbar.balancing.decide.MeterMemory.Rise;
import io.busbar.balancing.decide.Share.Reason;
import io.busbar.balancing.decide.Snapshot.ConnectorInput;
import io.busbar.testkit.Verifies;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

@Verifies({"FR-003", "FR-005"})
class DeciderTest {

  private static SiteSketch site(int gridWatts, int circuitWatts) {
    return new SiteSketch()
        .grid("g", gridWatts)
        .circuit("c", "g", circuitWatts)
        .connectors("c", "a1", "a2")
        .circuit("d", "g", 50_000)
        .connectors("d", "b1");
  }

  private static Situation busy(SiteSketch sketch) {
    return new Situation(sketch).wants("a1", 7_000).wants("a2", 7_000).wants("b1", 7_000);
  }

  @Test
  void withRoomEverybodyGetsAll() {
    Situation situation = busy(site(50_000, 50_000));

    Decision decision = situation.decide();

    assertThat(situation.watts(decision, "a1", "a2", "b1")).containsExactly(7_000, 7_000, 7_000);
    assertThat(decision.share(0).reason()).isEqualTo(Reason.MET);
  }

  @Test
  @Verifies({"LB-02", "LB-03", "LB-04"})
  void everyLevelOfTheTreeIsObservedAndNamed() {
    Situation situation = busy(site(12_000, 6_000));

    Decision decision = situation.decide();

    assertThat(situation.watts(decision, "a1", "a2", "b1")).containsExactly(3_000, 3_000, 6_000);
    assertThat(decision.share(0).node()).isEqualTo(situation.node("c"));
    assertThat(decision.share(2).node()).isEqualTo(situation.node("g"));
  }

  @Test
  void theAggregateCapBindsInTheSameCycle() {
    Situation situation = busy(site(12_000, 6_000).aggregate(9_000));

    Decision decision = situation.decide();

    assertThat(situation.watts(decision, "a1", "a2", "b1")).containsExactly(3_000, 3_000, 3_000);
    assertThat(decision.share(2).node()).isEqualTo(SiteTree.ROOT);
  }

  @Test
  void theTightestOfSeveralLimitsCountsAndGenerationCapsDoNot() {
    SiteSketch sketch =
        site(50_000, 50_000)
            .alsoLimited("c", ConstraintType.NET_CAP, 8_000)
            .alsoLimited("d", ConstraintType.GENERATION_CAP, 10);

    Decision decision = busy(sketch).decide();

    assertThat(busy(sketch).watts(decision, "a1", "a2", "b1")).containsExactly(4_000, 4_000, 7_000);
  }

  @Test
  void aRatingBindsEvenWhileALooserLimitStandsInItsPlace() {
    SiteSketch sketch =
        site(50_000, 8_000).setAside("c").alsoLimited("c", ConstraintType.CONSUMPTION_CAP, 20_000);

    Decision decision = busy(sketch).decide();

    assertThat(busy(sketch).watts(decision, "a1", "a2", "b1")).containsExactly(4_000, 4_000, 7_000);
  }

  @Test
  void uncontrolledLoadIsTakenOffTheLimit() {
    Situation situation = busy(site(16_000, 50_000).meter("m", "g")).meter("m", 4_000);

    assertThat(situation.watts(situation.decide(), "a1", "a2", "b1"))
        .containsExactly(4_000, 4_000, 4_000);
  }

  @Test
  void aLimitBelowTheLoadGivesNothingToAnybody() {
    Situation situation = busy(site(16_000, 50_000).meter("m", "g")).meter("m", 20_000);

    Decision decision = situation.decide();

    assertThat(situation.watts(decision, "a1", "a2", "b1")).containsExactly(0, 0, 0);
    assertThat(decision.room().watts()[situation.node("g")]).isZero();
  }

  @Test
  void weightAndPriorityComeFromTheSession() {
    Situation situation =
        new Situation(site(12_000, 50_000))
            .with("a1", Situation.weighted(7_000, 3, 0))
            .with("a2", Situation.weighted(7_000, 1, 0))
            .with("b1", Situation.weighted(4_000, 1, 1));

    assertThat(situation.watts(situation.decide(), "a1", "a2", "b1"))
        .containsExactly(6_000, 2_000, 4_000);
  }

  @Test
  void whoIsOutOfUseGetsNothing() {
    Situation situation = busy(site(50_000, 50_000).status("c", Status.UNAVAILABLE));

    Decision decision = situation.decide();

    assertThat(situation.watts(decision, "a1", "a2", "b1")).containsExactly(0, 0, 7_000);
    assertThat(decision.targets()).containsExactly(0, 0, 7_000);
    assertThat(decision.share(0)).isEqualTo(Share.NOTHING);
  }

  @Test
  void aMinimumAboveALimitNamesThatLimit() {
    Situation situation = busy(site(50_000, MIN - 1));

    Share share = situation.decide().share(0);

    assertThat(share.watts()).isZero();
    assertThat(share.reason()).isEqualTo(Reason.LIMIT);
    assertThat(share.node()).isEqualTo(situation.node("c"));
  }

  @Test
  void admissionFollowsTheStandingsWhenMinimumsDoNotFit() {
    Standing early =
        new Standing(Standing.Kind.WAITING, Situation.NOW.minusSeconds(600), Duration.ZERO);
    Standing late =
        new Standing(Standing.Kind.WAITING, Situation.NOW.minusSeconds(60), Duration.ZERO);
    Situation situation =
        new Situation(site(50_000, 2 * MIN - 1))
            .with("a1", Situation.input(7_000, 0, 0, late))
            .with("a2", Situation.input(7_000, 0, 0, early));

    Decision decision = situation.decide();

    assertThat(situation.watts(decision, "a1", "a2")).containsExactly(0, 2 * MIN - 1);
    assertThat(decision.share(0).reason()).isEqualTo(Reason.LIMIT);
  }

  @Test
  void tiesGoByDisplayOrder() {
    Situation situation =
        new Situation(site(50_000, 2 * MIN - 1)).wants("a1", 7_000).wants("a2", 7_000);

    assertThat(situation.watts(situation.decide(), "a1", "a2")).containsExactly(2 * MIN - 1, 0);
  }

  @Test
  @Verifies({"NFR-002", "NFR-004"})
  void belowABlindMeterDevicesGoToTheirFailSafeValueAndTheRestIsBalanced() {
    SiteSketch sketch =
        new SiteSketch()
            .failSafeAmps(8)
            .grid("g", 50_000)
            .circuit("c", "g", 20_000)
            .connectors("c", "a1")
            .circuit("d", "g", 20_000)
            .connectors("d", "b1")
            .meter("m", "c");
    Situation situation = new Situation(sketch).draws("a1", 7_000, 7_000).wants("b1", 7_000);

    Decision decision = situation.decide();

    assertThat(decision.targets()).containsExactly(8 * 230, 7_000);
    assertThat(decision.share(0))
        .isEqualTo(new Share(7_000, 8 * 230, Reason.METER, situation.node("c")));
    assertThat(decision.isBlind(situation.node("a1"))).isTrue();
    assertThat(decision.isBlind(situation.node("g"))).isFalse();
    assertThat(decision.isAnyBalanced()).isTrue();
  }

  @Test
  void aFailSafeValueBelowTheMinimumIsAPause() {
    Situation situation =
        new Situation(site(50_000, 50_000).meter("m", "g")).draws("a1", 7_000, 7_000);

    Decision decision = situation.decide();

    assertThat(decision.targets()).containsExactly(0, 0, 0);
    assertThat(decision.share(0).reason()).isEqualTo(Reason.METER);
    assertThat(decision.isAnyBalanced()).isFalse();
    assertThat(decision.missingInputs()).containsExactly("m");
  }

  @Test
  void whileAMeterIsWaitedForNothingIsRaised() {
    Situation situation =
        new Situation(site(50_000, 50_000).meter("m", "g", fixed(0)))
            .meter(
                "m",
                Situation.meterInput(
                    false, Instant.EPOCH, 0, true, 0, OptionalInt.empty(), Rise.NONE))
            .draws("a1", 7_000, 3_000)
            .wants("a2", 7_000);

    Decision decision = situation.decide();

    assertThat(decision.targets()).containsExactly(3_000, 0, 0);
    assertThat(decision.share(0).reason()).isEqualTo(Reason.METER);
  }

  @Test
  @Verifies("NFR-004")
  void aSilentDeviceKeepsItsBookedPowerAndIsToldToFallBack() {
    Situation situation =
        new Situation(site(50_000, 10_000)).silent("a1", 7_000, 6_000).wants("a2", 7_000);

    Decision decision = situation.decide();

    assertThat(situation.watts(decision, "a1", "a2")).containsExactly(0, 4_000);
    assertThat(decision.targets()[0]).isZero();
    assertThat(decision.share(0).reason()).isEqualTo(Reason.SILENCE);
  }

  @Test
  void aDeviceThatWasNeverHeardOfIsLeftAloneWhileItIsEarly() {
    ConnectorInput early = new ConnectorInput(true, false, 0, 7_360, 0, 0, 1, 0, Standing.IDLE);

    Decision decision = new Situation(site(50_000, 50_000)).with("a1", early).decide();

    assertThat(decision.targets()[0]).isEqualTo(Decision.NO_TARGET);
    assertThat(decision.targets()[1]).isZero();
  }

  @Test
  @Verifies("NFR-001")
  void theSameSnapshotGivesTheSameDecisionWhateverWasDecidedBefore() {
    Situation situation = busy(site(12_000, 6_000));
    Decider decider = new Decider(situation.tree(), Situation.POLICY);
    Decision first = decider.decide(situation.snapshot());

    decider.decide(busy(site(12_000, 6_000)).wants("a1", 0).draws("b1", 3_000, 100).snapshot());
    Decision again = decider.decide(situation.snapshot());

    assertThat(again.targets()).isEqualTo(first.targets());
    assertThat(again.room().watts()).isEqualTo(first.room().watts());
    for (int i = 0; i < 3; i++) {
      assertThat(again.share(i)).isEqualTo(first.share(i));
    }
  }
}
