package io.busbar.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.testkit.Verifies;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
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
  @CsvFileSource(
      resources = "site-mistakes.csv",
      delimiter = '|',
      numLinesToSkip = 1,
      ignoreLeadingAndTrailingWhitespace = true)
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
  void oneMistakeInAListOfEqualChargePointsIsOneProblem() {
    assertThat(
            SiteYaml.problems(
                SiteYaml.GOOD.replace("circuit: main\n    max", "circuit: x\n    max")))
        .containsExactly(
            "test.yaml:17: charge_points[1].circuit: charge point 'cp2' hangs from circuit 'x',"
                + " which does not exist (ORPHAN)");
  }

  @Test
  void aChargePointWithConnectorsThatIsThereTwiceIsOneProblem() {
    String copy =
        """
          - id: cp2
            circuit: main
            max_watts: 11000
            connectors:
              - { volts: 230, phases: L1, max_amps: 32 }
        connectors:
          - id: c1
        """;
    assertThat(SiteYaml.problems(SiteYaml.GOOD.replace("connectors:\n  - id: c1\n", copy)))
        .containsExactly(
            "test.yaml:22: charge_points[2]: charge point 'cp2' is there twice; the first is on"
                + " line 16 (DUPLICATE_ASSET)");
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
