package io.busbar.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.busbar.api.topology.Conductor;
import io.busbar.api.topology.Conductor.Carries;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.Wiring;
import io.busbar.api.topology.Wiring.Phases;
import io.busbar.testkit.Verifies;
import java.util.List;
import org.junit.jupiter.api.Test;

@Verifies("LB-03")
class ConductorParserTest {

  private static final String WIRED =
      SiteYaml.GOOD.replace(
          "    fail_safe_capacity_watts: 40000\n",
          """
              fail_safe_capacity_watts: 40000
              conductors:
                - { name: primary, max_amps: 54.5, carries: { L1L2: 0.25, L3L1: -0.5 } }
          """);

  private static List<Conductor> of(String circuit, String text) {
    return SiteYaml.derive(text).nodes().stream()
        .filter(node -> node.name().equals(circuit))
        .findFirst()
        .flatMap(node -> node.asset())
        .orElseThrow()
        .conductors();
  }

  @Test
  void threePhasesRatedInAmperesBoundEachLine() {
    assertThat(of("left", SiteYaml.GOOD))
        .containsExactly(
            new Conductor("L1", 100, Carries.L1),
            new Conductor("L2", 100, Carries.L2),
            new Conductor("L3", 100, Carries.L3));
  }

  @Test
  void onePhaseOrARatingInWattsBoundsNothingElse() {
    assertThat(of("main", SiteYaml.GOOD)).isEmpty();
    assertThat(of("left", SiteYaml.GOOD.replaceFirst("phases: L1L2L3", "phases: L2"))).isEmpty();
  }

  @Test
  void otherWiresAreTakenAsTheySay() {
    assertThat(of("main", WIRED))
        .containsExactly(new Conductor("primary", 54.5, new Carries(0, 0, 0, 0.25, 0, -0.5)));
  }

  @Test
  void aNameThatIsThereTwiceIsNamedWithItsLine() {
    String twice =
        WIRED.replace(
            "- { name: primary,",
            "- { name: primary, max_amps: 100, carries: { L1: 1 } }\n      - { name: primary,");
    assertThat(SiteYaml.problems(twice))
        .singleElement()
        .asString()
        .contains("test.yaml:9:")
        .contains("circuit 'main' has two conductors 'primary'");
  }

  @Test
  void aLineThatDoesNotExistIsNamed() {
    assertThat(SiteYaml.problems(WIRED.replace("L1L2: 0.25", "L4: 1")))
        .singleElement()
        .asString()
        .contains("L4");
  }

  @Test
  void whatDevicesFallBackToHasToFitTheWires() {
    // one three-phase connector falls back to 6 A on each line
    String exact = SiteYaml.GOOD.replace("default_capacity_amps: 100", "default_capacity_amps: 6");
    String tooMuch =
        WIRED.replace(
            "max_amps: 54.5, carries: { L1L2: 0.25, L3L1: -0.5 }",
            "max_amps: 5.9, carries: { L1: 1 }");

    assertThat(SiteYaml.problems(exact)).isEmpty();
    assertThat(SiteYaml.problems(tooMuch))
        .singleElement()
        .asString()
        .contains("FAIL_SAFE_SUM")
        .contains("circuit 'main' add up to 6.0 A in conductor 'primary', above its 5.9 A");
  }

  @Test
  void anEditKeepsThatToo() {
    List<MicrogridNode> nodes =
        SiteYaml.derive(WIRED.replace("L1L2: 0.25, L3L1: -0.5", "L2: 9.2")).nodes();

    assertThat(FailSafeSum.check(nodes))
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.rule()).isEqualTo("FAIL_SAFE_SUM");
              assertThat(violation.message())
                  .isEqualTo(
                      "conductor 'primary' of GRID_CONNECTION 'main' carries 54.5 A, but the"
                          + " devices below it fall back to 55.2 A in all");
            });
  }

  @Test
  void loadsThatCancelOutAreCountedWhileOnlyOneOfThemDraws() {
    LineLoad load = new LineLoad();
    load.add(new Wiring(208, Phases.L1L2), 2_080);
    load.add(new Wiring(208, Phases.L3L1), 4_160);

    // 10 A at 30° and 20 A at −30° on line 1; with opposite signs they are 120° apart
    assertThat(load.mostAmps(new Conductor("L1", 0, Carries.L1)))
        .isCloseTo(Math.sqrt(100 + 400 + 200), within(1e-6));
    assertThat(load.mostAmps(new Conductor("x", 0, new Carries(0, 0, 0, 1, 0, 1))))
        .isCloseTo(20, within(1e-6));
  }
}
