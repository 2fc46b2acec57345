package io.busbar.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.testkit.Verifies;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One mistake each in a good site file, and what a person is told about it. */
@Verifies("FR-002")
class SiteProblemsTest {

  @Test
  void theGoodFileHasNoProblems() {
    assertThat(SiteYaml.problems(SiteYaml.GOOD)).isEmpty();
    assertThat(new SiteCheck().check("a", SiteYaml.GOOD)).isEmpty();
    assertThat(new SiteCheck().format()).isEqualTo("busbar-site/1");
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          parent: main            | parent: left              | 8: circuits[1].parent: circuits feed each other in a circle: 'left' → 'left' (CYCLE)
          circuit: left           | circuit: lft              | 14: charge_points[0].circuit: charge point 'cp1' hangs from circuit 'lft', which does not exist (ORPHAN)
          parent: main            | parent: maim              | 8: circuits[1].parent: circuit 'left' hangs from circuit 'maim', which does not exist (ORPHAN)
          charge_point: cp1       | charge_point: cp9         | 24: connectors[0].charge_point: connector 'c1' hangs from charge point 'cp9', which does not exist (ORPHAN)
          roof, circuit: main     | roof, circuit: moon       | 30: power_sources[0].circuit: power source 'roof' hangs from circuit 'moon', which does not exist (ORPHAN)
          circuit: main\\n    fall | charge_point: cp8\\n    fall | 33: meters[0]: meter 'm1' measures charge point 'cp8', which does not exist (ORPHAN)
          charge_point: cp1       | charge_point: left        | 24: connectors[0].charge_point: connector 'c1' hangs from 'left', which is a circuit; expected a charge point (NESTING)
          circuit: left           | circuit: roof             | 14: charge_points[0].circuit: charge point 'cp1' hangs from 'roof', which is a power source; expected a circuit (NESTING)
          ids: [cp2, cp3]         | ids: [cp2, cp1]           | 16: charge_points[1].ids[1]: charge point 'cp1' is there twice; the first is on line 13 (DUPLICATE_ASSET)
          id: left                | id: main                  | 7: circuits[1]: circuit 'main' is there twice; the first is on line 4 (DUPLICATE_ASSET)
          id: c1                  | id: cp2-2                 | 23: connectors[0]: connector 'cp2-2' is there twice; the first is on line 21 (DUPLICATE_ASSET)
          max_watts: 22080        |                           | 13: charge_points[0]: charge point 'cp1' has no rating: give max_watts, or max_amps with volts and phases (MISSING_RATING)
          phases: L1L2L3\\ncharge  | \\ncharge                 | 7: circuits[1]: circuit 'left' has default_capacity_amps, which needs volts and phases (MISSING_RATING)
          "L1, max_amps: 32 }"    | "L1 }"                    | 20: charge_points[1].connectors[0]: connector 'cp2-1' has no rating: give max_amps or max_watts (MISSING_RATING)
          "volts: 230, phases: L2,"| ""                       | 21: charge_points[1].connectors[1]: connector 'cp2-2': volts and phases are missing, here and under defaults.connectors (MISSING_RATING)
          PV, max_export_watts: 30000 | PV                    | 30: power_sources[0]: power source 'roof' has no rating: give max_export_watts (MISSING_RATING)
          - id: main              | "- parent: left\\n    id: main" | 4: circuits[0].parent: circuits feed each other in a circle: 'main' → 'left' → 'main' (CYCLE)
          fail_safe_amps: 6       | fail_safe_amps: 40        | 23: connectors[0]: fail-safe currents at and below connector 'c1' add up to 27600 W, above its limit of 22080 W (FAIL_SAFE_SUM)
          watts: 40000            | watts: 4000               | 4: circuits[0]: fail-safe currents at and below circuit 'main' add up to 4140 W, above its limit of 4000 W (FAIL_SAFE_SUM)
          max_watts: 22080        | max_wats: 22080           | 15: charge_points[0].max_wats: unknown key 'max_wats', did you mean 'max_watts'? (known here: id, ids, name, circuit, max_watts, max_amps, volts, phases, connectors) (SCHEMA)
          watts: 40000            | watts: 140000             | 4: circuits[0]: circuit 'main': fail-safe capacity 140000 W is above its continuous capacity 100000 W (SCHEMA)
          fail_safe_amps: 6       | fail_safe_amps: 3         | 23: connectors[0]: connector 'c1': fail_safe_amps 3.0 is neither 0 nor at least min_amps 6.0 (SCHEMA)
          fail_safe_amps: 6       | min_amps: 33              | 23: connectors[0]: connector 'c1': min_amps 33.0 is above its maximum of 32.0 A (SCHEMA)
          Europe/Berlin           | Europe/Atlantis           | 2: depot.time_zone: 'Europe/Atlantis' is no IANA time zone such as Europe/Berlin (SCHEMA)
          id: cp1                 | name: cp1                 | 13: charge_points[0]: a charge point needs either id or ids (SCHEMA)
          FIXED, watts: 90000     | FIXED                     | 37: meters[0].fallback[1]: watts belongs to FIXED, and FIXED needs it; the policy is FIXED (SCHEMA)
          policy: RATED           | "policy: RATED, max_age_seconds: 5" | 38: meters[0].fallback[2]: max_age_seconds belongs to LAST_GOOD, which needs it; the policy is RATED (SCHEMA)
          busbar-site/1           | busbar-site/2             | 1: format: expected 'busbar-site/1', found 'busbar-site/2' — Kind and version of the document (SCHEMA)
          """)
  void aMistakeIsNamedWithLinePlaceAndWhatWasExpected(String old, String mistake, String problem) {
    String text = replaceFirst(SiteYaml.GOOD, old, mistake == null ? "" : mistake);

    assertThat(SiteYaml.problems(text)).contains("test.yaml:" + problem);
  }

  @Test
  void aSiteWithoutFeederHasNoGridConnection() {
    List<String> problems =
        SiteYaml.problems(
            """
            format: busbar-site/1
            depot: { id: north }
            circuits:
              - { id: left, parent: main, default_capacity_watts: 1000 }
            """);

    assertThat(problems)
        .containsExactly(
            "test.yaml:3: circuits: no circuit without parent: none of them is the feeder of a grid"
                + " connection (NO_GRID_CONNECTION)",
            "test.yaml:4: circuits[0].parent: circuit 'left' hangs from circuit 'main', which does"
                + " not exist (ORPHAN)");
  }

  @Test
  void everyMistakeIsNamedAtOnceInTheOrderOfTheText() {
    String text =
        SiteYaml.GOOD
            .replace("circuit: left", "circuit: lft")
            .replace("max_watts: 11000", "max_wats: 11000")
            .replace("id: c1", "id: cp3-1")
            .replace("max_amps: 32\n    fail", "max_amps: many\n    fail")
            .replace("watts: 90000", "watts: 90 kW");

    assertThat(SiteYaml.problems(text))
        .extracting(problem -> problem.replaceAll(": .*\\(", " ("))
        .containsExactly(
            "test.yaml:14 (ORPHAN)",
            "test.yaml:18 (SCHEMA)",
            "test.yaml:27 (SCHEMA)",
            "test.yaml:37 (SCHEMA)",
            "test.yaml:37 (SCHEMA)");
  }

  @Test
  void aMistakeInSyntaxIsTheOnlyThingSaidOfAText() {
    assertThat(SiteYaml.problems(SiteYaml.GOOD + "depot: {}\n"))
        .containsExactly(
            "test.yaml:39: depot: key 'depot' is there twice; the first is on line 2 (SYNTAX)");
  }

  @ParameterizedTest
  @CsvSource({"''", "[]", "'{}'", "7", "'circuits: 7'", "'circuits: [7, {}]'", "'depot: []'"})
  void whateverStandsThereIsAnsweredWithProblemsNotWithAFault(String text) {
    assertThat(SiteYaml.problems(text))
        .isNotEmpty()
        .allSatisfy(p -> assertThat(p).contains("SCHEMA"));
  }

  private static String replaceFirst(String text, String old, String replacement) {
    String from = old.replace("\\n", "\n");
    int at = text.indexOf(from);
    assertThat(at).as("place of '%s'", from).isNotNegative();
    return text.substring(0, at)
        + replacement.replace("\\n", "\n")
        + text.substring(at + from.length());
  }
}
