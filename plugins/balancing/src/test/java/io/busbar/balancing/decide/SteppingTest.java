package io.busbar.balancing.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.balancing.SiteSketch;
import io.busbar.balancing.decide.Share.Reason;
import io.busbar.testkit.Verifies;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SteppingTest {

  private static final int AMP = 230;

  @Test
  void whatRoundingLeavesIsHandedOutInWholeSteps() {
    Situation situation =
        new Situation(site(10 * AMP + 10 * AMP + 9 * AMP))
            .wants("a", 7_000)
            .wants("b", 7_000)
            .wants("c", 7_000);

    Decision decision = situation.decide();

    assertThat(decision.targets()).containsExactly(10 * AMP, 10 * AMP, 9 * AMP);
    assertThat(situation.watts(decision, "a", "b", "c"))
        .containsExactly(10 * AMP, 10 * AMP, 9 * AMP);
    assertThat(decision.share(2).reason()).isEqualTo(Reason.LIMIT);
  }

  @Test
  void whoHasTheStepNowKeepsIt() {
    Situation situation =
        new Situation(site(29 * AMP))
            .draws("a", 7_000, 9 * AMP)
            .draws("b", 7_000, 10 * AMP)
            .draws("c", 7_000, 10 * AMP);

    assertThat(situation.decide().targets()).containsExactly(9 * AMP, 10 * AMP, 10 * AMP);
  }

  @Test
  void aVehicleThatWantsABitMoreThanAStepIsSetToTheNext() {
    Situation situation = new Situation(site(50_000)).wants("a", 10 * AMP + 1);

    Decision decision = situation.decide();

    assertThat(decision.targets()[0]).isEqualTo(11 * AMP);
    assertThat(decision.share(0))
        .isEqualTo(new Share(10 * AMP + 1, 10 * AMP + 1, Reason.MET, decision.share(0).node()));
  }

  @Test
  void withoutRoomForTheNextStepTheNodeThatIsFullIsNamed() {
    Situation situation = new Situation(site(10 * AMP + 100)).wants("a", 10 * AMP + 50);

    Share share = situation.decide().share(0);

    assertThat(share.watts()).isEqualTo(10 * AMP);
    assertThat(share.reason()).isEqualTo(Reason.LIMIT);
    assertThat(share.node()).isEqualTo(situation.node("g"));
  }

  @Test
  void devicesWithoutStepsGetTheirShareToTheWattAndWhatRoundingLeaves() {
    Situation situation =
        new Situation(new SiteSketch().grid("g", 10_000).connectors("g", "a", "b", "c"))
            .wants("a", 7_000)
            .wants("b", 7_000)
            .wants("c", 7_000);

    assertThat(situation.decide().targets()).containsExactly(3_334, 3_333, 3_333);
  }

  @Test
  @Verifies({"FR-003", "FR-005"})
  void noLimitIsExceededAndNoStepThatFitsIsWithheldInAThousandRandomSites() {
    for (int seed = 1; seed <= 1_000; seed++) {
      Situation situation = random(new Random(seed));
      Decision decision = situation.decide();
      check("seed " + seed, situation, decision);
    }
  }

  private static void check(String seed, Situation situation, Decision decision) {
    SiteTree tree = situation.tree();
    long[] sums = new long[tree.size()];
    for (ConnectorRating connector : tree.connectors()) {
      sums[connector.node()] = decision.targets()[connector.number()];
    }
    for (int node = sums.length - 1; node > 0; node--) {
      sums[tree.parent(node)] += sums[node];
      assertThat(sums[node]).as(seed).isLessThanOrEqualTo(decision.room().watts()[node]);
    }
    for (ConnectorRating connector : tree.connectors()) {
      Share share = decision.share(connector.number());
      int target = decision.targets()[connector.number()];
      assertThat(target).as(seed).isIn(0, connector.stepBelow(target), connector.stepAbove(target));
      assertThat(share.watts()).as(seed).isEqualTo(Math.min(target, share.wantedWatts()));
      if (connector.hasSteps() && target > 0 && target < share.wantedWatts()) {
        int next = connector.stepAbove(target + 1) - target;
        assertThat(next == 0 || isFull(tree, decision, sums, connector, next)).as(seed).isTrue();
      }
    }
  }

  private static boolean isFull(
      SiteTree tree, Decision decision, long[] sums, ConnectorRating connector, int watts) {
    for (int at = connector.node(); at >= 0; at = tree.parent(at)) {
      if (decision.room().watts()[at] != Limits.UNBOUNDED
          && sums[at] + watts > decision.room().watts()[at]) {
        return true;
      }
    }
    return false;
  }

  private static Situation random(Random random) {
    double[] steps = {0, 0.1, 1, 2, 8};
    SiteSketch sketch = new SiteSketch().grid("g", 5_000 + random.nextInt(60_000));
    int circuits = 1 + random.nextInt(4);
    for (int c = 0; c < circuits; c++) {
      sketch.circuit("c" + c, "g", 2_000 + random.nextInt(30_000));
    }
    int connectors = 1 + random.nextInt(20);
    for (int i = 0; i < connectors; i++) {
      sketch
          .stepAmps(steps[random.nextInt(steps.length)])
          .connector("v" + i, "c" + random.nextInt(circuits), 2_000 + random.nextInt(20_000));
    }
    Situation situation = new Situation(sketch);
    for (int i = 0; i < connectors; i++) {
      int want = random.nextInt(4) == 0 ? 0 : SiteSketch.MIN + random.nextInt(9_000);
      int most = situation.tree().connectors().get(i).maxWatts();
      situation.draws("v" + i, Math.min(want, most), random.nextInt(most));
    }
    return situation;
  }

  private static SiteSketch site(int watts) {
    return new SiteSketch().grid("g", watts).stepAmps(1).connectors("g", "a", "b", "c");
  }
}
