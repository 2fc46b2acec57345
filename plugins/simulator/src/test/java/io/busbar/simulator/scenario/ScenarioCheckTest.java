package io.busbar.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScenarioCheckTest {

  private static final String GOOD =
      """
      format: busbar-scenario/1
      name: A day
      site: site.yaml
      start: "2026-03-02T00:00:00Z"
      hours: 24
      expect:
        - { that: no_limit_exceeded }
      """;

  @Test
  void a_good_scenario_has_no_problems() {
    assertThat(new ScenarioCheck().check("day.yaml", GOOD)).isEmpty();
  }

  @Test
  void mistakes_are_named_with_their_line() {
    assertThat(line(GOOD.replace("hours: 24", "hours: long"))).isEqualTo(5);
    assertThat(line(GOOD.replace("that: no_limit_exceeded", "that: luck"))).isEqualTo(7);
    assertThat(line(GOOD.replace("site: site.yaml", "sight: site.yaml"))).isPositive();
    assertThat(line(GOOD.replace("hours: 24", "hours: [24"))).isPositive();
  }

  private static int line(String text) {
    List<Problem> problems = new ScenarioCheck().check("day.yaml", text);
    assertThat(problems).isNotEmpty();
    return problems.getFirst().line();
  }
}
