package io.busbar.balancing.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.balancing.SiteSketch;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Seven vehicles where three minimums fit, decided every ten seconds for a day. */
class RotationTest {

  private static final int VEHICLES = 7;
  private static final Duration CYCLE = Duration.ofSeconds(10);
  private static final int CYCLES = 8_640;

  private final String[] names =
      IntStream.range(0, VEHICLES).mapToObj(i -> "v" + i).toArray(String[]::new);
  private final SiteTree tree =
      new SiteSketch().grid("g", 3 * SiteSketch.MIN).connectors("g", names).tree();
  private final Standing[] standings = new Standing[VEHICLES];
  private final int[] cyclesOn = new int[VEHICLES];
  private final int[] turns = new int[VEHICLES];
  private Duration shortestTurn = Duration.ofDays(2);

  @Test
  void everybodyGetsTheSameTimeAndNobodyIsSwitchedOffEarly() {
    Arrays.fill(standings, Standing.IDLE);
    Decider decider = new Decider(tree, Situation.POLICY);
    for (int cycle = 0; cycle < CYCLES; cycle++) {
      decide(decider, Situation.NOW.plus(CYCLE.multipliedBy(cycle)));
    }

    List<Integer> times = Arrays.stream(cyclesOn).boxed().toList();
    assertThat(times.stream().mapToInt(i -> i).sum()).isEqualTo(3 * CYCLES);
    assertThat(Collections.max(times) - Collections.min(times)).isLessThanOrEqualTo(2 * 91);
    assertThat(shortestTurn).isGreaterThanOrEqualTo(Situation.POLICY.minimumOn());
    assertThat(Arrays.stream(turns).min().orElseThrow()).isGreaterThanOrEqualTo(35);
  }

  private void decide(Decider decider, Instant now) {
    Situation situation = new Situation(tree).at(now);
    for (int i = 0; i < VEHICLES; i++) {
      standings[i] = standings[i].wanting(true, now);
      situation.with(names[i], Situation.input(7_000, 0, 0, standings[i]));
    }
    Decision decision = decider.decide(situation.snapshot());
    for (int i = 0; i < VEHICLES; i++) {
      Standing before = standings[i];
      standings[i] = before.allocated(decision.share(i).watts(), now);
      cyclesOn[i] += decision.share(i).watts() > 0 ? 1 : 0;
      if (standings[i].kind() != before.kind()) {
        ended(i, before, now);
      }
    }
  }

  private void ended(int vehicle, Standing before, Instant now) {
    if (before.kind() == Standing.Kind.CHARGING) {
      Duration turn = Duration.between(before.since(), now);
      shortestTurn = turn.compareTo(shortestTurn) < 0 ? turn : shortestTurn;
      turns[vehicle]++;
    }
  }
}
