package io.busbar.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.busbar.testkit.Verifies;
import io.busbar.wire.RecordJson;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thousand cycles that one process decided and stored, while vehicles came, limits changed and
 * measurements went missing, are decided once more by another process from the database alone.
 */
class DeterminismTest {

  private static final int CYCLES = 1_000;
  private static final int CHANGE_EVERY = 5;

  @TempDir Path data;

  /** Digest of the result by cycle, as the process that decided it said. */
  private final Map<String, String> decided = new HashMap<>();

  private final Set<String> inputs = new HashSet<>();
  private final List<String> sites = new ArrayList<>();

  /** The aggregate cap of each site. */
  private final Map<String, String> limits = new HashMap<>();

  private int changes;

  @Test
  @Verifies("NFR-001")
  void a_thousand_stored_cycles_come_to_the_same_in_another_process() throws Exception {
    try (RunningBusbar busbar = RunningBusbar.demo(data, "--set", "balancing.cycle_seconds=1")) {
      busbar.get("/api/depots").get("sites").forEach(site -> sites.add(id(site)));
      Awaitility.await("telemetry of every site")
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> rebalanceAll(busbar));
      for (int cycle = 0; cycle < CYCLES; cycle++) {
        String site = sites.get(cycle % sites.size());
        if (cycle % CHANGE_EVERY == 0) {
          changeLimit(busbar, site);
        }
        record(rebalance(busbar, site));
      }
      RunningBusbar.Ended refused = replay(sites.getFirst(), "--last", "3");
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.output()).contains("While Busbar runs, ask it: GET /api/microgrid/");
    }
    assertThat(decided).hasSize(CYCLES);
    assertThat(inputs).as("no two cycles have the same inputs").hasSize(CYCLES);
    assertThat(decided.values().stream().distinct().count()).isGreaterThan(CYCLES / 20);

    Map<String, String> replayed = new HashMap<>();
    for (String site : sites) {
      RunningBusbar.Ended ended = replay(site, "--last", "100000");
      assertThat(ended.exitCode()).as(ended.output()).isZero();
      ended.output().lines().forEach(line -> take(line, replayed));
      ended.output().lines().filter(line -> line.contains(" replayed: ")).forEach(this::say);
    }
    assertThat(replayed).containsAllEntriesOf(decided);
    say("%,d of %,d digests are those of the process before".formatted(decided.size(), CYCLES));
    explain();
  }

  private void explain() throws Exception {
    RunningBusbar.Ended ended =
        RunningBusbar.run("explain", sites.getFirst(), "nobody", "--data", data.toString());
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.output()).contains("no node 'nobody'");
  }

  private RunningBusbar.Ended replay(String site, String... which) throws Exception {
    List<String> words = new ArrayList<>(List.of("replay", site));
    words.addAll(List.of(which));
    words.addAll(List.of("--data", data.toString()));
    return RunningBusbar.run(words.toArray(String[]::new));
  }

  /** {@code TIME CYCLE_ID DIGEST identical}. */
  private static void take(String line, Map<String, String> replayed) {
    String[] words = line.split(" ");
    if (words.length == 4 && words[3].equals("identical")) {
      replayed.put(words[1], words[2]);
    }
  }

  private void say(String line) {
    System.out.println("DeterminismTest: " + line);
  }

  private void rebalanceAll(RunningBusbar busbar) throws Exception {
    for (String site : sites) {
      rebalance(busbar, site);
    }
  }

  private static JsonNode rebalance(RunningBusbar busbar, String site) throws Exception {
    HttpResponse<String> answer =
        busbar.send("POST", "/api/microgrid/" + site + "/rebalance", "{}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return RecordJson.mapper().readTree(answer.body()).get("result");
  }

  private void record(JsonNode cycle) {
    decided.put(cycle.get("cycle_id").asText(), cycle.at("/audit/result_digest").asText());
    inputs.add(cycle.at("/audit/input_digest").asText());
  }

  /** Limits change without a new version of the tree; what bound a cycle is found all the same. */
  private void changeLimit(RunningBusbar busbar, String site) throws Exception {
    ObjectNode body =
        RecordJson.mapper()
            .createObjectNode()
            .put("constraint_type", "CONSUMPTION_CAP")
            .put("limit_watts", 3_000 + 111 * changes++)
            .put("source_type", "MANUAL")
            .put("status", "ACTIVE");
    if (limits.containsKey(site)) {
      body.put("node_limit_id", limits.get(site));
    }
    HttpResponse<String> answer =
        busbar.send("POST", "/api/microgrid/" + site + "/node-limits", body.toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    String limit = RecordJson.mapper().readTree(answer.body()).findValue("node_limit_id").asText();
    limits.put(site, limit);
  }

  private static String id(JsonNode site) {
    return UUID.fromString(site.get("microgrid_id").asText()).toString();
  }
}
