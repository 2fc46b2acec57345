package io.busbar.balancing.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.balancing.Strategy;
import io.busbar.balancing.SiteSketch;
import io.busbar.balancing.decide.Snapshot.ConnectorInput;
import io.busbar.testkit.Verifies;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Three vehicles that want 7 kW each where there are 10: who goes first is the strategy's choice,
 * what fits is not.
 */
@Verifies("FR-005")
class StrategyTest {

  private static final Instant NOW = Situation.NOW;

  private static ConnectorInput vehicle(int priority, int hoursHere, int hoursLeft, int kwh) {
    Need need =
        new Need(
            NOW.minus(Duration.ofHours(hoursHere)),
            Optional.of(NOW.plus(Duration.ofHours(hoursLeft))),
            OptionalInt.of(kwh * 1000));
    return vehicle(priority, need);
  }

  private static ConnectorInput vehicle(int priority, Need need) {
    Standing standing = new Standing(Standing.Kind.WAITING, NOW, Duration.ZERO);
    return new ConnectorInput(false, true, 0, 0, 7_000, 0, 1, priority, standing, need);
  }

  private static Decision decide(Strategy strategy, Situation situation) {
    return new Decider(situation.tree(), Situation.POLICY.with(strategy))
        .decide(situation.snapshot());
  }

  private static Situation three(ConnectorInput a, ConnectorInput b, ConnectorInput c) {
    SiteSketch sketch = new SiteSketch().grid("g", 10_000).connectors("g", "a", "b", "c");
    return new Situation(sketch).with("a", a).with("b", b).with("c", c);
  }

  @ParameterizedTest
  @CsvSource({
    "EQUAL_SHARE, 3334, 3333, 3333",
    // a is the most important, b came first
    "PRIORITY, 7000, 1500, 1500",
    "FIRST_COME_FIRST_SERVED, 1620, 7000, 1380"
  })
  void whoGoesFirstGetsAllItWantsAndTheOthersKeepTheirMinimum(
      Strategy strategy, int a, int b, int c) {
    Situation situation = three(vehicle(2, 2, 9, 7), vehicle(1, 3, 4, 28), vehicle(1, 1, 3, 7));

    assertThat(situation.watts(decide(strategy, situation), "a", "b", "c"))
        .containsExactly(a, b, c);
  }

  @ParameterizedTest
  @CsvSource({
    // c leaves first, b has least time to spare, a has time
    "EARLIEST_DEADLINE, 0, 3000, 7000",
    "LEAST_LAXITY, 0, 7000, 3000"
  })
  void whoHasTimeToSpareWaitsWhileOthersUseThePower(Strategy strategy, int a, int b, int c) {
    Situation situation = three(vehicle(2, 2, 9, 7), vehicle(1, 3, 4, 28), vehicle(1, 1, 3, 7));

    assertThat(situation.watts(decide(strategy, situation), "a", "b", "c"))
        .containsExactly(a, b, c);
  }

  @ParameterizedTest
  @EnumSource(
      value = Strategy.class,
      names = {"EARLIEST_DEADLINE", "LEAST_LAXITY"})
  void whoHasNoTimeToSpareKeepsAtLeastItsMinimum(Strategy strategy) {
    Situation situation = three(vehicle(0, 1, 1, 8), vehicle(0, 1, 1, 70), vehicle(0, 1, 2, 70));

    assertThat(situation.watts(decide(strategy, situation), "a", "b", "c"))
        .allSatisfy(watts -> assertThat(watts).isGreaterThanOrEqualTo(SiteSketch.MIN));
  }

  @Test
  void whoWasSwitchedOnLatelyStaysOnAlthoughItCouldWait() {
    Standing charging =
        new Standing(Standing.Kind.CHARGING, NOW.minus(Duration.ofMinutes(14)), Duration.ZERO);
    Need easy = vehicle(0, 1, 9, 7).need();
    Situation situation =
        three(
            new ConnectorInput(false, true, 0, 0, 7_000, 0, 1, 0, charging, easy),
            vehicle(0, 1, 4, 28),
            vehicle(0, 1, 3, 20));

    assertThat(situation.watts(decide(Strategy.LEAST_LAXITY, situation), "a", "b", "c"))
        .containsExactly(1_380, 7_000, 1_620);
  }

  @Test
  void byNeedAllGetOnAtTheSamePace() {
    Situation situation =
        three(vehicle(0, 1, 10, 20), vehicle(0, 1, 10, 30), vehicle(0, 1, 10, 50));

    assertThat(situation.watts(decide(Strategy.PROPORTIONAL_NEED, situation), "a", "b", "c"))
        .containsExactly(2_000, 3_000, 5_000);
  }

  @ParameterizedTest
  @EnumSource(
      value = Strategy.class,
      names = {"FIRST_COME_FIRST_SERVED", "EARLIEST_DEADLINE", "LEAST_LAXITY"})
  void whoseStayIsUnknownComesLast(Strategy strategy) {
    Situation situation =
        three(vehicle(0, 1, 1, 7), vehicle(9, Need.UNKNOWN), vehicle(9, Need.UNKNOWN));

    assertThat(situation.watts(decide(strategy, situation), "a", "b", "c"))
        .containsExactly(7_000, 1_500, 1_500);
  }

  @Test
  void everyStrategyKeepsEveryLimitAndLeavesNothingThatCouldBeUsed() {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      int grid = random.nextInt(2_000, 60_000);
      SiteSketch sketch = new SiteSketch().grid("g", grid);
      for (int i = 0; i < 8; i++) {
        sketch.connectors("g", "v" + i);
      }
      Situation situation = new Situation(sketch);
      for (int i = 0; i < 8; i++) {
        situation.with(
            "v" + i,
            vehicle(
                random.nextInt(3), random.nextInt(9), random.nextInt(-1, 9), random.nextInt(60)));
      }
      Map<Strategy, Integer> sums = new EnumMap<>(Strategy.class);
      for (Strategy strategy : Strategy.values()) {
        sums.put(strategy, Arrays.stream(decide(strategy, situation).targets()).sum());
      }
      int most = Math.min(grid, 8 * 7_000);
      List<Integer> unused = sums.values().stream().map(sum -> most - sum).toList();
      assertThat(unused)
          .as("seed %d, %d W, %s", seed, grid, sums)
          .allSatisfy(left -> assertThat(left).isBetween(0, 7));
    }
  }
}
