package io.busbar.balancing.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.balancing.Strategy;
import io.busbar.balancing.SiteSketch;
import io.busbar.balancing.decide.Snapshot.ConnectorInput;
import io.busbar.testkit.Verifies;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Six vehicles where two can charge at full power, decided every ten seconds until the last has
 * left: three leave after four hours, three after eight, and all together want what there is.
 */
@Verifies("FR-005")
class LaxityTest {

  private static final int VEHICLES = 6;
  private static final Duration CYCLE = Duration.ofSeconds(10);
  private static final double HOURS_PER_CYCLE = CYCLE.toMillis() / 3.6e6;
  private static final double WANTED_WATT_HOURS = 2 * SiteSketch.MAX * 8.0 / VEHICLES;

  private final String[] names = {"a", "b", "c", "d", "e", "f"};
  private final SiteTree tree =
      new SiteSketch().grid("g", 2 * SiteSketch.MAX).connectors("g", names).tree();
  private final Standing[] standings = new Standing[VEHICLES];
  private final double[] left = new double[VEHICLES];
  private Duration shortestTurn = Duration.ofDays(1);

  @ParameterizedTest
  @EnumSource(
      value = Strategy.class,
      names = {"EARLIEST_DEADLINE", "LEAST_LAXITY"})
  void everybodyHasWhatItWantsWhenItLeavesAndNobodyIsSwitchedOffEarly(Strategy strategy) {
    play(strategy);

    for (double wattHours : left) {
      assertThat(wattHours).isLessThan(0.02 * WANTED_WATT_HOURS);
    }
    assertThat(shortestTurn).isGreaterThanOrEqualTo(Situation.POLICY.minimumOn());
  }

  @Test
  void sharedAlikeThoseWhoLeaveFirstGoWithoutNearlyHalf() {
    play(Strategy.EQUAL_SHARE);

    assertThat(left[0]).isGreaterThan(0.4 * WANTED_WATT_HOURS);
  }

  private void play(Strategy strategy) {
    Decider decider = new Decider(tree, Situation.POLICY.with(strategy));
    for (int i = 0; i < VEHICLES; i++) {
      standings[i] = Standing.IDLE;
      left[i] = WANTED_WATT_HOURS;
    }
    for (Instant now = Situation.NOW; now.isBefore(departure(VEHICLES - 1)); ) {
      decide(decider, now);
      now = now.plus(CYCLE);
    }
  }

  private static Instant departure(int vehicle) {
    return Situation.NOW.plus(Duration.ofHours(vehicle < VEHICLES / 2 ? 4 : 8));
  }

  private void decide(Decider decider, Instant now) {
    Situation situation = new Situation(tree).at(now);
    for (int i = 0; i < VEHICLES; i++) {
      boolean wants = left[i] > 0 && now.isBefore(departure(i));
      standings[i] = standings[i].wanting(wants, now);
      situation.with(names[i], input(i, wants ? SiteSketch.MAX : 0));
    }
    Decision decision = decider.decide(situation.snapshot());
    for (int i = 0; i < VEHICLES; i++) {
      int watts = decision.share(i).watts();
      Standing before = standings[i];
      standings[i] = before.allocated(watts, now);
      if (before.kind() == Standing.Kind.CHARGING && watts == 0) {
        Duration turn = Duration.between(before.since(), now);
        shortestTurn = turn.compareTo(shortestTurn) < 0 ? turn : shortestTurn;
      }
      left[i] = Math.max(0, left[i] - watts * HOURS_PER_CYCLE);
    }
  }

  private ConnectorInput input(int i, int wants) {
    Need need = new Need(Situation.NOW, Optional.of(departure(i)), OptionalInt.of((int) left[i]));
    return new ConnectorInput(false, true, 0, 0, wants, 0, 1, 0, standings[i], need);
  }
}
