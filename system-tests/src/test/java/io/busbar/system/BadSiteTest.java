package io.busbar.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.testkit.Verifies;
import io.busbar.wire.RecordJson;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Site files with one mistake each: one clear message with its line, and nothing stored. */
class BadSiteTest {

  private static final String DEPOT = "0b7b6c7e-7a3c-4b21-8a55-6f0de1d3a5b2";

  private static final String GOOD =
      """
      format: busbar-site/1
      depot: { id: %s, name: Yard, time_zone: UTC }
      circuits:
        - { id: grid, default_capacity_watts: 40000 }
        - { id: row, parent: grid, default_capacity_watts: 30000 }
      charge_points:
        - circuit: row
          ids: [P1, P2]
          max_watts: 22080
          connectors: [{ volts: 230, phases: L1L2L3, max_amps: 32 }]
      """
          .formatted(DEPOT);

  private static final Map<String, String> MISTAKES = new LinkedHashMap<>();

  static {
    MISTAKES.put("CYCLE:4", GOOD.replace("id: grid,", "id: grid, parent: row,"));
    MISTAKES.put("ORPHAN:5", GOOD.replace("parent: grid", "parent: gird"));
    MISTAKES.put("DUPLICATE_ASSET:5", GOOD.replace("id: row", "id: grid"));
    MISTAKES.put("MISSING_RATING:5", GOOD.replace("grid, default_capacity_watts: 30000", "grid"));
    MISTAKES.put("SCHEMA:9", GOOD.replace("max_watts: 22080", "max_wats: 22080"));
    MISTAKES.put(
        "FAIL_SAFE_SUM:5", GOOD.replace("max_amps: 32", "max_amps: 32, fail_safe_amps: 32"));
  }

  @TempDir Path data;

  @Test
  @Verifies({"FR-002", "FR-010"})
  void each_mistake_is_named_with_its_line_and_nothing_is_stored() throws Exception {
    try (RunningBusbar busbar = RunningBusbar.demo(data)) {
      for (Map.Entry<String, String> mistake : MISTAKES.entrySet()) {
        String rule = mistake.getKey().split(":")[0];
        HttpResponse<String> put = busbar.send("PUT", "/api/depot/" + DEPOT, mistake.getValue());
        assertThat(put.statusCode()).as("%s: %s", mistake.getKey(), put.body()).isEqualTo(422);
        JsonNode body = RecordJson.mapper().readTree(put.body());
        assertThat(body.get("details").findValuesAsText("rule")).contains(rule);
        assertThat(body.get("details").findValuesAsText("line"))
            .as("%s: %s", mistake.getKey(), put.body())
            .contains(mistake.getKey().split(":")[1]);
        assertThat(busbar.status("/api/depot/" + DEPOT)).isEqualTo(404);
      }
      assertThat(busbar.send("PUT", "/api/depot/" + DEPOT, GOOD).statusCode()).isEqualTo(200);
      assertThat(busbar.status("/api/depot/" + DEPOT)).isEqualTo(200);
    }
  }

  @Test
  void config_check_says_the_same_without_starting_anything() throws Exception {
    for (Map.Entry<String, String> mistake : MISTAKES.entrySet()) {
      Path file = Files.writeString(data.resolve("site.yaml"), mistake.getValue());
      RunningBusbar.Ended ended = RunningBusbar.run("config", "check", file.toString());
      assertThat(ended.exitCode()).as(ended.output()).isEqualTo(1);
      assertThat(ended.output())
          .contains(mistake.getKey().split(":")[0])
          .contains("site.yaml:" + mistake.getKey().split(":")[1] + ":");
    }
    Path file = Files.writeString(data.resolve("site.yaml"), GOOD);
    assertThat(RunningBusbar.run("config", "check", file.toString()).exitCode()).isZero();
  }
}
