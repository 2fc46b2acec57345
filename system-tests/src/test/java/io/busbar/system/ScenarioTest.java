package io.busbar.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.testkit.RealData;
import io.busbar.testkit.Verifies;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scenarios as QA runs them. */
class ScenarioTest {

  private static final Pattern DIGEST = Pattern.compile("digest\\s+([0-9a-f]{64})");

  @TempDir Path reports;

  @Test
  @Verifies({"LB-02", "LB-07", "NFR-007"})
  void two_real_weeks_hold_every_limit_and_come_out_the_same_twice() throws Exception {
    RealData.file("acn-caltech-jpl/jpl-2w.csv");
    String first = run("scenarios/jpl-two-weeks.yaml");
    String second = run("scenarios/jpl-two-weeks.yaml");
    assertThat(digest(first)).isEqualTo(digest(second));
  }

  @Test
  @Verifies({"LB-02", "LB-07"})
  void the_fleet_s_evening_and_the_garage_s_day_meet_their_expectations() throws Exception {
    run("scenarios/bus-depot-evening.yaml");
    run("scenarios/garage-day.yaml");
  }

  private String run(String scenario) throws Exception {
    RunningBusbar.Ended ended =
        RunningBusbar.run("scenario", "run", scenario, "--reports", reports.toString());
    System.out.println(ended.output());
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    return ended.output();
  }

  private static String digest(String output) {
    Matcher digest = DIGEST.matcher(output);
    assertThat(digest.find()).as(output).isTrue();
    return digest.group(1);
  }
}
