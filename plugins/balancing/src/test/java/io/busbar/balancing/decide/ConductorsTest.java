package io.busbar.balancing.decide;

import static io.busbar.balancing.SiteSketch.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.busbar.api.balancing.Strategy;
import io.busbar.api.topology.Conductor;
import io.busbar.api.topology.Conductor.Carries;
import io.busbar.api.topology.LineAmps;
import io.busbar.api.topology.Wiring.Phases;
import io.busbar.balancing.LineCurrents;
import io.busbar.balancing.SiteSketch;
import io.busbar.testkit.Verifies;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Currents that are bounded beside watts. */
@Verifies({"FR-003", "FR-005"})
final class ConductorsTest {

  private static final int PLENTY = 100_000;

  private static Conductor[] lines(double amps) {
    return new Conductor[] {
      new Conductor("L1", amps, Carries.L1),
      new Conductor("L2", amps, Carries.L2),
      new Conductor("L3", amps, Carries.L3)
    };
  }

  private static SiteSketch site(double amps) {
    return new SiteSketch().grid("g", PLENTY).circuit("c", "g", PLENTY, lines(amps));
  }

  private static Situation busy(SiteSketch sketch) {
    Situation situation = new Situation(sketch);
    situation
        .tree()
        .connectors()
        .forEach(c -> situation.wants(situation.tree().node(c.node()).name(), 7_000));
    return situation;
  }

  @Test
  void singlePhaseLoadsShareTheirLineAndNoOther() {
    SiteSketch sketch =
        site(63)
            .wiring(230, Phases.L1)
            .connectors("c", "a1", "a2", "a3")
            .wiring(230, Phases.L2)
            .connectors("c", "b1");

    Situation situation = busy(sketch);

    assertThat(situation.watts(situation.decide(), "a1", "a2", "a3", "b1"))
        .containsExactly(4_830, 4_830, 4_830, 7_000);
  }

  @Test
  void aFeederThatNoConnectorHangsFromMayHaveBoundedLinesToo() {
    for (Strategy strategy : Strategy.values()) {
      SiteSketch sketch =
          new SiteSketch()
              .grid("g", 9_000)
              .circuit("house", "g", PLENTY, lines(63))
              .circuit("c", "g", PLENTY)
              .wiring(230, Phases.L1)
              .connectors("c", "a")
              .wiring(230, Phases.L2L3)
              .connectors("c", "b")
              .wiring(230, Phases.L1L2L3)
              .connectors("c", "t");

      Situation situation = busy(sketch);
      Policy policy = Situation.POLICY.with(strategy);
      Decision decision = new Decider(situation.tree(), policy).decide(situation.snapshot());

      assertThat(situation.watts(decision, "a", "b", "t"))
          .as(strategy.name())
          .containsExactly(3_000, 3_000, 3_000);
    }
  }

  @Test
  void aThreePhaseLoadIsOnEachLine() {
    SiteSketch sketch =
        site(30)
            .wiring(230, Phases.L1L2L3)
            .connectors("c", "t")
            .wiring(230, Phases.L3)
            .connectors("c", "s");

    Situation situation = busy(sketch);
    Decision decision = situation.decide();

    assertThat(situation.watts(decision, "t", "s")).containsExactly(5_175, 5_175);
    assertThat(5_175 / 690.0 + 5_175 / 230.0).isCloseTo(30, within(1e-9));
  }

  @Test
  void pairsAddUpAsPhasors() {
    SiteSketch sketch =
        site(30)
            .wiring(208, Phases.L1L2)
            .connectors("c", "ab")
            .wiring(208, Phases.L3L1)
            .connectors("c", "ca");

    Situation situation = busy(sketch);
    List<Integer> watts = situation.watts(situation.decide(), "ab", "ca");

    double ab = watts.get(0) / 208.0;
    double ca = watts.get(1) / 208.0;
    assertThat(watts.get(0)).isCloseTo(watts.get(1), within(1));
    assertThat(Math.sqrt(ab * ab + ca * ca + ab * ca)).isLessThanOrEqualTo(30).isGreaterThan(29.98);
  }

  @Test
  void theWireThatStopsAConnectorIsNamed() {
    SiteSketch sketch = site(20).wiring(230, Phases.L2).connectors("c", "a", "b");
    Situation situation = busy(sketch);

    Decision decision = situation.decide();

    var line =
        new Report(situation.tree())
            .summary(decision).byNode().stream()
                .filter(node -> node.nodeId().equals(id("a")))
                .findFirst()
                .orElseThrow();
    assertThat(line.bindingConstraintRef()).contains("asset:" + id("c") + "#L2");
    assertThat(line.bindingNodeId()).contains(id("c"));
  }

  @Test
  void wattsThatBindFirstAreNamedAsBefore() {
    SiteSketch sketch =
        new SiteSketch()
            .grid("g", PLENTY)
            .circuit("c", "g", 6_000, lines(63))
            .connectors("c", "a", "b");
    Situation situation = busy(sketch);

    Decision decision = situation.decide();

    assertThat(situation.watts(decision, "a", "b")).containsExactly(3_000, 3_000);
    assertThat(decision.share(0).conductor()).isEqualTo(Share.POWER);
  }

  @Test
  void theLinesOfALimitThatSomebodySetBindBesideTheOwnOnes() {
    SiteSketch sketch =
        site(63).connectors("c", "a", "b").linesLimited("c", PLENTY, new LineAmps(20, 63, 63));
    Situation situation = busy(sketch);

    Decision decision = situation.decide();

    assertThat(situation.watts(decision, "a", "b")).containsExactly(2_300, 2_300);
  }

  @Test
  void aLoadOfWhichOnlyThePowerIsKnownMayBeOnAnyLine() {
    SiteSketch sketch = site(63).connectors("c", "a", "b").meter("m", "c");
    Situation situation = busy(sketch).meter("m", 23 * 230);

    assertThat(situation.watts(situation.decide(), "a", "b")).containsExactly(4_600, 4_600);
  }

  @Test
  void noSetPointsEverOverloadALine() {
    for (long seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      SiteSketch sketch = new SiteSketch().grid("g", random.nextInt(20_000, PLENTY));
      for (int circuit = 0; circuit < 3; circuit++) {
        sketch.circuit("c" + circuit, circuit == 2 ? "c1" : "g", PLENTY, lines(random.nextInt(80)));
        for (int i = 0; i < 5; i++) {
          Phases phases = Phases.values()[random.nextInt(Phases.values().length)];
          sketch
              .stepAmps(random.nextInt(3))
              .wiring(random.nextBoolean() ? 230 : 208, phases)
              .connectors("c" + circuit, "v" + circuit + i);
        }
      }
      Situation situation = busy(sketch);

      int[] setPoints = situation.decide().targets();

      assertThat(new LineCurrents(situation.tree()).fullest(setPoints))
          .as("seed %d", seed)
          .isLessThanOrEqualTo(1 + 1e-6);
    }
  }
}
