package io.busbar.balancing.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.balancing.Granularity;
import io.busbar.api.balancing.Strategy;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.balancing.SiteSketch;
import io.busbar.balancing.decide.Share.Reason;
import io.busbar.testkit.Verifies;
import org.junit.jupiter.api.Test;

@Verifies("LB-05")
class PointSharingTest {

  private static final Policy AMONG_POINTS =
      Situation.POLICY.with(Strategy.EQUAL_SHARE, Granularity.CHARGE_POINT, 0);

  /** A charge point with two connectors beside one with a single one. */
  private static SiteSketch site(int watts, int pointWatts) {
    return new SiteSketch()
        .grid("g", watts)
        .point("p", "g", pointWatts)
        .connectorAt("p1", "p", SiteSketch.MAX)
        .connectorAt("p2", "p", SiteSketch.MAX)
        .connectors("g", "q");
  }

  private static Situation among(SiteSketch sketch) {
    return new Situation(sketch).policy(AMONG_POINTS);
  }

  @Test
  void aChargePointHasOneShareHoweverManyVehiclesItHas() {
    Situation situation =
        among(site(12_000, 50_000)).wants("p1", 7_000).wants("p2", 7_000).wants("q", 7_000);

    assertThat(situation.watts(situation.decide(), "p1", "p2", "q"))
        .containsExactly(3_000, 3_000, 6_000);
    assertThat(situation.policy(Situation.POLICY).watts(situation.decide(), "p1", "p2", "q"))
        .containsExactly(4_000, 4_000, 4_000);
  }

  @Test
  void whatOneVehicleDoesNotWantItsNeighbourHas() {
    Situation situation =
        among(site(12_000, 50_000)).wants("p1", 1_500).wants("p2", 7_000).wants("q", 7_000);

    assertThat(situation.watts(situation.decide(), "p1", "p2", "q"))
        .containsExactly(1_500, 4_500, 6_000);
  }

  @Test
  void whatAChargePointCannotUseTheOthersHave() {
    Situation situation =
        among(site(12_000, 4_000)).wants("p1", 7_000).wants("p2", 7_000).wants("q", 7_000);

    Decision decision = situation.decide();

    assertThat(situation.watts(decision, "p1", "p2", "q")).containsExactly(2_000, 2_000, 7_000);
    assertThat(decision.share(0).node()).isEqualTo(situation.node("p"));
  }

  @Test
  void whatStoppedTheChargePointIsNamedForItsConnectors() {
    Situation situation =
        among(site(12_000, 50_000)).wants("p1", 7_000).wants("p2", 7_000).wants("q", 7_000);

    Decision decision = situation.decide();

    for (int i = 0; i < 3; i++) {
      assertThat(decision.share(i).reason()).isEqualTo(Reason.LIMIT);
      assertThat(decision.share(i).node()).isEqualTo(situation.node("g"));
    }
  }

  @Test
  void theLargestWeightOfItsVehiclesIsThatOfAChargePoint() {
    Situation situation =
        among(site(12_000, 50_000))
            .with("p1", Situation.weighted(7_000, 2, 0))
            .with("p2", Situation.weighted(7_000, 1, 0))
            .with("q", Situation.weighted(7_000, 1, 0));

    assertThat(situation.watts(situation.decide(), "p1", "p2", "q"))
        .as("8 to 4, and inside 2 to 1")
        .containsExactly(5_334, 2_666, 4_000);
  }

  @Test
  void moreImportantVehiclesGoFirstWhereverTheyAre() {
    Situation situation =
        among(site(12_000, 50_000))
            .policy(Situation.POLICY.with(Strategy.PRIORITY, Granularity.CHARGE_POINT, 0))
            .with("p1", Situation.weighted(7_000, 1, 5))
            .with("p2", Situation.weighted(7_000, 1, 0))
            .with("q", Situation.weighted(7_000, 1, 3));

    assertThat(situation.watts(situation.decide(), "p1", "p2", "q"))
        .containsExactly(7_000, 1_380, 3_620);
  }

  @Test
  void minimumsAreAdmittedOneByOne() {
    Situation situation =
        among(site(3_000, 50_000)).wants("p1", 7_000).wants("p2", 7_000).wants("q", 7_000);

    Decision decision = situation.decide();

    assertThat(situation.watts(decision, "p1", "p2", "q")).containsExactly(1_500, 1_500, 0);
    assertThat(decision.share(2).node()).isEqualTo(situation.node("g"));
  }

  @Test
  void aLimitOfASingleConnectorHoldsAndIsNamed() {
    Situation situation =
        among(site(12_000, 50_000).alsoLimited("p1", ConstraintType.CONSUMPTION_CAP, 2_000))
            .wants("p1", 7_000)
            .wants("p2", 7_000)
            .wants("q", 7_000);

    Decision decision = situation.decide();

    assertThat(situation.watts(decision, "p1", "p2", "q")).containsExactly(2_000, 4_000, 6_000);
    assertThat(decision.share(0).node()).isEqualTo(situation.node("p1"));
  }
}
