package io.busbar.balancing.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.balancing.Granularity;
import io.busbar.api.balancing.Strategy;
import io.busbar.balancing.SiteSketch;
import io.busbar.balancing.decide.Share.Reason;
import io.busbar.balancing.decide.Snapshot.Ramp;
import io.busbar.testkit.Verifies;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@Verifies("FR-003")
class RampsTest {

  private static final Instant NOW = Situation.NOW;

  private static SiteSketch site() {
    return new SiteSketch()
        .grid("g", 100_000)
        .circuit("c", "g", 100_000)
        .circuit("d", "g", 100_000)
        .connectors("c", "a", "b")
        .connectors("d", "e");
  }

  private static Policy rising(int wattsPerSecond) {
    return Situation.POLICY.with(Strategy.EQUAL_SHARE, Granularity.CONNECTOR, wattsPerSecond);
  }

  /** Sums below a node, cycle by cycle, each confirmed before the next. */
  private static List<Integer> rise(SiteSketch sketch, Policy policy, int cycles, String... names) {
    List<Integer> sums = new ArrayList<>();
    List<Ramp> ramps = List.of();
    int[] held = new int[3];
    for (int cycle = 0; cycle < cycles; cycle++) {
      Situation situation =
          new Situation(sketch).policy(policy).ramps(ramps).at(NOW.plusSeconds(10L * cycle));
      for (String name : List.of("a", "b", "e")) {
        situation.draws(name, 7_000, held[situation.connector(name)]);
      }
      Decision decision = situation.decide();
      ramps = decision.ramps();
      held = decision.targets();
      int sum = 0;
      for (String name : names) {
        sum += held[situation.connector(name)];
      }
      sums.add(sum);
    }
    return sums;
  }

  @Test
  void whatASiteAllowsRisesNoFasterThanItsRamp() {
    assertThat(rise(site(), rising(400), 6, "a", "b", "e"))
        .containsExactly(1_380, 5_380, 9_380, 13_380, 17_380, 21_000);
  }

  @Test
  void aCircuitHasARampOfItsOwnAndTheRestNone() {
    assertThat(rise(site().ramp("c", 300), Situation.POLICY, 3, "a", "b"))
        .containsExactly(1_380, 4_380, 7_380);
    assertThat(rise(site().ramp("c", 300), Situation.POLICY, 3, "e"))
        .containsExactly(7_000, 7_000, 7_000);
  }

  @Test
  void aRampThatIsSlowerThanAMinimumPerCycleLetsItInWhenItsTimeHasCome() {
    List<Integer> sums = rise(site(), rising(50), 7, "a", "b", "e");

    assertThat(sums.getFirst()).isEqualTo(1_380);
    for (int cycle = 1; cycle < sums.size(); cycle++) {
      assertThat(sums.get(cycle)).isLessThanOrEqualTo(1_380 + 500 * cycle);
    }
    assertThat(sums.getLast()).isGreaterThan(2 * 1_380);
  }

  @Test
  void nothingIsLoweredByARamp() {
    Situation situation =
        new Situation(site())
            .policy(rising(1))
            .ramps(List.of(new Ramp(NOW.minusSeconds(10), 0)))
            .draws("a", 7_000, 6_000)
            .draws("b", 7_000, 6_500)
            .draws("e", 7_000, 5_000);

    Decision decision = situation.decide();

    assertThat(sum(decision)).isEqualTo(17_500);
  }

  @Test
  void whatALimitNeedsIsLoweredAtOnce() {
    Situation situation =
        new Situation(new SiteSketch().grid("g", 4_000).connectors("g", "a", "b"))
            .policy(rising(1))
            .draws("a", 7_000, 6_000)
            .draws("b", 7_000, 6_500);

    assertThat(situation.decide().targets()).containsExactly(2_000, 2_000);
  }

  @Test
  void whatWasNotUsedForHoursDoesNotComeBackAtOnce() {
    Situation situation =
        new Situation(site())
            .policy(rising(100))
            .ramps(List.of(new Ramp(NOW.minusSeconds(7_200), 20_000)))
            .wants("a", 7_000)
            .wants("b", 7_000)
            .wants("e", 7_000);

    assertThat(sum(situation.decide())).isEqualTo(100 * 60);
  }

  private static long sum(Decision decision) {
    long sum = 0;
    for (int target : decision.targets()) {
      sum += target;
    }
    return sum;
  }

  @Test
  void aRampThatBindsIsNamed() {
    Situation situation = new Situation(site().ramp("c", 300)).wants("a", 7_000).wants("b", 7_000);

    Decision decision = situation.decide();

    assertThat(decision.share(0).reason()).isEqualTo(Reason.RAMP);
    assertThat(new Report(situation.tree()).summary(decision).byNode())
        .filteredOn(each -> each.nodeId().equals(SiteSketch.id("a")))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.bindingConstraintRef()).contains("ramp:" + SiteSketch.id("c"));
              assertThat(each.bindingNodeId()).contains(SiteSketch.id("c"));
            });
  }

  @Test
  void aSiteWithoutRampsRemembersNone() {
    assertThat(new Situation(site()).decide().ramps()).isEmpty();
  }
}
