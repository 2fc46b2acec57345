package io.busbar.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.testkit.Verifies;
import io.busbar.wire.RecordJson;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of the process or of its database while envelopes are submitted and reach
 * boundaries: what was answered for is there, and each boundary was evaluated to one result. {@code
 * -Dbusbar.kills=50} for more.
 */
class EnvelopeCrashTest {

  private static final int KILLS = Integer.getInteger("busbar.kills", 5);
  private static final String WINDOW =
      "{\"days\": [\"MONDAY\", \"TUESDAY\", \"WEDNESDAY\", \"THURSDAY\", \"FRIDAY\", \"SATURDAY\","
          + " \"SUNDAY\"], \"from\": \"00:00\", \"to\": \"00:00\", \"limit_watts\": ";

  @TempDir Path data;
  private final Map<UUID, Integer> promised = new HashMap<>();
  private String microgrid;
  private String circuit;
  private int submits;
  private volatile boolean killed;

  @Test
  @Verifies({"NFR-010", "NFR-011", "OP-03"})
  void what_was_answered_for_is_there_and_evaluated_to_one_result() throws Exception {
    long seed = Long.getLong("busbar.seed", System.nanoTime());
    System.out.println("EnvelopeCrashTest seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    RunningBusbar busbar = RunningBusbar.demo(data);
    find(busbar);
    for (int kill = 0; kill < KILLS; kill++) {
      try {
        busbar = kill(busbar, random);
        check(busbar);
      } catch (Throwable e) {
        busbar.kill();
        throw new AssertionError("kill " + kill + ", seed " + seed + "\n" + busbar.output(), e);
      }
    }
    int evaluations = evaluations(busbar);
    busbar.close();
    System.out.printf(
        "%d submits, %d envelopes answered for, %d evaluations%n",
        submits, promised.size(), evaluations);
    assertThat(promised).hasSizeGreaterThan(8 * KILLS);
  }

  private void find(RunningBusbar busbar) throws Exception {
    microgrid = busbar.get("/api/depots").at("/sites/0/microgrid_id").asText();
    for (JsonNode entry : busbar.get("/api/microgrid/" + microgrid + "/topology").get("nodes")) {
      if (entry.at("/node/node_type").asText().equals("GRID_CONNECTION")) {
        circuit = "/api/circuit/" + entry.at("/node/attached_asset_id").asText();
      }
    }
  }

  /** One kill under load; what runs afterwards. */
  private RunningBusbar kill(RunningBusbar busbar, SplittableRandom random) throws Exception {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> submit(busbar));
    killed = false;
    Thread load = Thread.startVirtualThread(() -> submitUntilItIsKilled(busbar));
    boolean whole = busbar.killEither(random, 50, 1_500);
    killed = true;
    load.join();
    if (whole) {
      return RunningBusbar.demo(data);
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions()
        .until(() -> submit(busbar));
    return busbar;
  }

  private void submitUntilItIsKilled(RunningBusbar busbar) {
    try {
      while (!killed) {
        submit(busbar);
      }
    } catch (IOException gone) {
      // the process is dead; what it answered for before counts
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Replaces the limits of all coming days by others; true if that was answered for. */
  private boolean submit(RunningBusbar busbar) throws Exception {
    int watts = 50_000 + submits++;
    String body = "{\"windows\": [" + WINDOW + watts + "}]}";
    HttpResponse<String> response = busbar.send("POST", circuit + "/tou_limits", body);
    if (response.statusCode() != 200) {
      return false;
    }
    JsonNode days = RecordJson.mapper().readTree(response.body()).at("/result/days");
    days.forEach(day -> promised.put(UUID.fromString(day.get("envelope_id").asText()), watts));
    return true;
  }

  /** Everything answered for is stored; what still counts, with the value that was answered for. */
  private void check(RunningBusbar busbar) throws Exception {
    String effective = "/api/microgrid/" + microgrid + "/effective-limits";
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> busbar.status(effective) == 200);
    Set<UUID> stored = new HashSet<>();
    String path = "/api/microgrid/" + microgrid + "/envelopes?limit=500";
    String cursor = "";
    while (cursor != null) {
      JsonNode page = busbar.get(path + cursor);
      for (JsonNode entry : page.get("envelopes")) {
        UUID id = UUID.fromString(entry.at("/envelope/envelope_id").asText());
        assertThat(stored.add(id)).as("%s is there once", id).isTrue();
        String status = entry.at("/envelope/status").asText();
        if (promised.containsKey(id) && (status.equals("ACTIVE") || status.equals("PENDING"))) {
          assertThat(entry.at("/envelope/blocks/0/max_limit_watts").asInt())
              .isEqualTo(promised.get(id));
        }
      }
      JsonNode next = page.get("next_cursor");
      cursor = next.isNull() ? null : "&cursor=" + next.asText();
    }
    assertThat(stored).containsAll(promised.keySet());
    evaluations(busbar);
  }

  /** Counts boundaries that were evaluated; each to one result. */
  private int evaluations(RunningBusbar busbar) throws Exception {
    Map<String, String> results = new HashMap<>();
    Set<String> events = new HashSet<>();
    String path =
        "/api/audit?limit=500&topic=microgrid.operating_envelope_lifecycle_evaluated.v1"
            + "&microgrid_id="
            + microgrid;
    String cursor = "";
    while (cursor != null) {
      JsonNode page = busbar.get(path + cursor);
      for (JsonNode event : page.get("events")) {
        assertThat(events.add(event.get("event_id").asText())).isTrue();
        JsonNode told = event.get("payload");
        String boundary = told.get("envelope_id") + " " + told.get("evaluated_at");
        String result = told.get("status").asText();
        assertThat(results.putIfAbsent(boundary, result)).as(boundary).isNull();
      }
      JsonNode next = page.get("next_cursor");
      cursor = next.isNull() ? null : "&cursor=" + next.asText();
    }
    return results.size();
  }
}
