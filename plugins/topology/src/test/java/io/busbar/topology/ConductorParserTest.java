package io.busbar.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.topology.Conductor;
import io.busbar.api.topology.Conductor.Carries;
import io.busbar.testkit.Verifies;
import java.util.List;
import org.junit.jupiter.api.Test;

@Verifies("FR-001")
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
            "- { name: primary, max_amps: 1, carries: { L1: 1 } }\n      - { name: primary,");
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
}
