package io.busbar.balancing.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.busbar.api.topology.Conductor;
import io.busbar.api.topology.Conductor.Carries;
import io.busbar.api.topology.LineAmps;
import io.busbar.api.topology.Wiring.Phases;
import io.busbar.balancing.SiteSketch;
import io.busbar.balancing.decide.Snapshot.MeterInput;
import io.busbar.testkit.Verifies;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Currents that meters measure by line, in the place of what power alone could mean at worst. */
@Verifies({"FR-003", "FR-004", "NFR-004"})
class MeasuredCurrentsTest {

  private static final int PLENTY = 100_000;
  private static final double AMPS = 63;

  private static SiteSketch site() {
    return new SiteSketch()
        .grid("g", PLENTY)
        .circuit("c", "g", PLENTY, lines())
        .wiring(230, Phases.L1L2L3)
        .connectors("c", "t")
        .meter("m", "c");
  }

  private static Conductor[] lines() {
    return new Conductor[] {
      new Conductor("L1", AMPS, Carries.L1),
      new Conductor("L2", AMPS, Carries.L2),
      new Conductor("L3", AMPS, Carries.L3)
    };
  }

  private static MeterInput reading(int watts, double l1, double l2, double l3) {
    return new MeterInput(
        true,
        Situation.NOW,
        watts,
        Situation.NOW,
        Optional.of(new LineAmps(l1, l2, l3)),
        false,
        MeterMemory.NONE);
  }

  private static double left(Situation situation, String node, int line) {
    return situation.decide().room().lines()[situation.node(node)][line].amps();
  }

  @Test
  void aLoadThatIsMeasuredTakesWhatItTakesOfEachLine() {
    Situation situation =
        new Situation(site()).wants("t", 7_000).meter("m", reading(9_200, 20, 15, 5));

    assertThat(left(situation, "c", 0)).isCloseTo(AMPS - 20, within(1e-9));
    assertThat(left(situation, "c", 1)).isCloseTo(AMPS - 15, within(1e-9));
    assertThat(left(situation, "c", 2)).isCloseTo(AMPS - 5, within(1e-9));
    assertThat(situation.demand().derived()).isEmpty();
  }

  @Test
  void withoutCurrentsAllOfItMayBeOnAnyLine() {
    Situation situation = new Situation(site()).wants("t", 7_000).meter("m", 9_200);

    assertThat(left(situation, "c", 2)).isCloseTo(AMPS - 40, within(1e-9));
  }

  @Test
  void aMeteredBuildingCountsAtTheBoundedWireAboveIt() {
    SiteSketch sketch =
        new SiteSketch()
            .grid("g", PLENTY)
            .circuit("c", "g", PLENTY, lines())
            .circuit("building", "c", PLENTY)
            .circuit("shed", "c", PLENTY)
            .wiring(230, Phases.L1L2L3)
            .connectors("c", "t")
            .meter("m", "building")
            .meter("n", "shed");
    Situation situation =
        new Situation(sketch)
            .wants("t", 7_000)
            .meter("m", reading(9_200, 20, 15, 5))
            .meter("n", 2_300);

    assertThat(left(situation, "c", 0)).as("10 A on any").isCloseTo(AMPS - 30, within(1e-9));
    assertThat(left(situation, "c", 2)).isCloseTo(AMPS - 15, within(1e-9));
  }

  @Test
  void currentsThatCannotBelongToThePowerAreNotUsedAndNamed() {
    Situation none = new Situation(site()).meter("m", reading(9_200, 0, 0, 0));
    Situation noNumber = new Situation(site()).meter("m", reading(9_200, Double.NaN, 20, 20));
    Situation negative = new Situation(site()).meter("m", reading(9_200, -20, 40, 40));

    for (Situation situation : new Situation[] {none, noNumber, negative}) {
      assertThat(situation.demand().derived()).containsExactly("m:CURRENTS");
      assertThat(left(situation, "c", 2)).isCloseTo(AMPS - 40, within(1e-9));
    }
  }

  @Test
  void currentsOfAValueThatIsNotBelievedAreNot() {
    MeterInput old =
        new MeterInput(
            true,
            Situation.NOW.minusSeconds(31),
            9_200,
            Situation.NOW.minusSeconds(31),
            Optional.of(new LineAmps(1, 1, 1)),
            false,
            MeterMemory.NONE);
    Situation situation =
        new Situation(
                new SiteSketch()
                    .grid("g", PLENTY)
                    .circuit("c", "g", PLENTY, lines())
                    .connectors("c", "t")
                    .meter("m", "c", SiteSketch.fixed(9_200)))
            .meter("m", old);

    assertThat(left(situation, "c", 2)).isCloseTo(AMPS - 40, within(1e-9));
  }

  @Test
  void whatSourcesFeedInIsPutBackBecauseTheyMayStop() {
    Situation situation =
        new Situation(site().solar("pv", "c", 10_000))
            .source("pv", -2_300)
            .meter("m", reading(6_900, 20, 15, 5));

    assertThat(left(situation, "c", 0)).isCloseTo(AMPS - 30, within(1e-9));
  }

  @Test
  void behindAnotherVoltageOnlyThePowerCounts() {
    SiteSketch sketch =
        new SiteSketch()
            .grid("g", PLENTY)
            .circuit("c", "g", PLENTY, lines())
            .wired("c", 277)
            .circuit("building", "c", PLENTY)
            .wired("building", 120)
            .wiring(277, Phases.L1L2L3)
            .connectors("c", "t")
            .meter("m", "building");
    Situation situation =
        new Situation(sketch).wants("t", 7_000).meter("m", reading(8_310, 20, 25, 30));

    assertThat(left(situation, "c", 0)).isCloseTo(AMPS - 8_310 / 277.0, within(1e-6));
  }

  /** Loads of any direction up to 30 degrees beside connectors between lines or to neutral. */
  @Test
  void theLoadIsNeverTakenToBeSmallerThanItIs() {
    for (long seed = 0; seed < 2_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      SiteSketch sketch = new SiteSketch().grid("g", PLENTY).circuit("c", "g", PLENTY, lines());
      sketch.wiring(230, Phases.L1).connectors("c", "a");
      sketch.wiring(400, Phases.L1L2).connectors("c", "b");
      sketch.wiring(400, Phases.L3L1).connectors("c", "d").meter("m", "c");
      Situation situation = new Situation(sketch);
      int[] draws = {random.nextInt(7_360), random.nextInt(7_360), random.nextInt(7_360)};
      double load = random.nextDouble(0.1, 40);
      double angle = random.nextDouble(-30, 30);
      Phasor all =
          Phasor.of(load, angle)
              .plus(Phasor.of(draws[0] / 230.0, 0))
              .plus(Phasor.of(draws[1] / 400.0, 30))
              .plus(Phasor.of(draws[2] / 400.0, -30));
      situation
          .draws("a", 7_000, draws[0])
          .draws("b", 7_000, draws[1])
          .draws("d", 7_000, draws[2])
          .meter("m", reading(draws[0] + draws[1] + draws[2] + 1_000, all.magnitude(), 90, 90));

      assertThat(left(situation, "c", 0))
          .as("seed %d", seed)
          .isLessThanOrEqualTo(AMPS - load + 1e-6);
    }
  }
}
