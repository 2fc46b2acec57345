package io.busbar.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.testkit.Verifies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a newcomer starts it. */
@Verifies("OP-01")
class DemoTest {

  @TempDir Path data;

  @Test
  @Verifies({"LB-01", "LB-03"})
  void the_demo_balances_two_sites_live_and_stops_cleanly() throws Exception {
    try (RunningBusbar busbar = RunningBusbar.demo(data)) {
      JsonNode sites = busbar.get("/api/depots").get("sites");
      assertThat(sites.findValuesAsText("name")).containsExactly("Bus depot", "Caltech garage");
      for (JsonNode site : sites) {
        String path = "/api/microgrid/" + site.get("microgrid_id").asText();
        Awaitility.await("a cycle of " + site.get("name"))
            .atMost(Duration.ofSeconds(30))
            .until(() -> busbar.get(path + "/cycles").get("cycles").size() > 0);
        JsonNode summary = busbar.get(path + "/cycles").at("/cycles/0/allocation_summary");
        assertThat(summary.get("requested_watts").asInt()).isPositive();
        assertThat(summary.get("allocated_watts").asInt())
            .isPositive()
            .isLessThanOrEqualTo(summary.get("requested_watts").asInt());
      }
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(data.resolve("admin.token"))))
          .isEqualTo("rw-------");
      assertThat(busbar.output()).anyMatch(line -> line.contains("Console: http://127.0.0.1:"));
    }
  }

  @Test
  void wrong_words_are_answered_with_one_line_and_exit_code_two() throws Exception {
    for (String[] words :
        new String[][] {
          {"run", "--prot", "1"},
          {"fly"},
          {"demo", "--speed", "fast"},
          {"allocate"},
          {"config", "check", "/nowhere.yaml"},
          {"run", "--set", "web.port=abc", "--data", data.toString()},
        }) {
      RunningBusbar.Ended ended = RunningBusbar.run(words);
      assertThat(ended.exitCode())
          .as("%s: %s", String.join(" ", words), ended.output())
          .isEqualTo(2);
      assertThat(ended.output()).doesNotContain("\tat ");
    }
  }

  @Test
  void a_busy_port_and_a_data_folder_in_use_are_named() throws Exception {
    try (RunningBusbar busbar = RunningBusbar.demo(data)) {
      String port = busbar.url("").replaceAll(".*:", "");
      RunningBusbar.Ended busy =
          RunningBusbar.run("demo", "--port", port, "--data", data.resolve("other").toString());
      assertThat(busy.exitCode()).isEqualTo(2);
      assertThat(busy.output()).contains(port).contains("--port");
      RunningBusbar.Ended locked =
          RunningBusbar.run("demo", "--port", "0", "--data", data.toString());
      assertThat(locked.exitCode()).isEqualTo(2);
      assertThat(locked.output()).contains(data.toString()).contains("--data");
    }
  }
}
