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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of a site that meet each other, that are counted in the audit, or find no database. */
class RacesTest {

  private static final int AT_ONCE = 20;

  /** What tells of a change that somebody asked for; cycles follow from some of them. */
  private static final Set<String> CHANGES =
      Set.of(
          "microgrid.topology_updated.v1",
          "microgrid.node_limit_updated.v1",
          "microgrid.capability_control_point_updated.v1",
          "microgrid.capability_status.recorded.v1",
          "microgrid.rebalance_requested.v1");

  @TempDir static Path data;

  private static RunningBusbar busbar;
  private static String depot;
  private static String site;

  @BeforeAll
  static void start() throws Exception {
    busbar = RunningBusbar.demo(data);
    JsonNode first = busbar.get("/api/depots").at("/sites/0");
    depot = "/api/depot/" + first.get("depot_id").asText();
    site = "/api/microgrid/" + first.get("microgrid_id").asText();
  }

  @AfterAll
  static void stop() {
    busbar.close();
  }

  private static int version() throws Exception {
    return busbar.get(site + "/topology").at("/microgrid/version").asInt();
  }

  private static String rename(int version, String name) throws Exception {
    for (JsonNode entry : busbar.get(site + "/topology").get("nodes")) {
      if (entry.at("/node/node_type").asText().equals("CHARGE_POINT")) {
        ObjectNode node = entry.get("node").deepCopy();
        node.remove(List.of("asset", "microgrid_id"));
        ObjectNode body = RecordJson.mapper().createObjectNode();
        body.put("version", version).put("mode", "PATCH");
        body.putArray("upsert").add(node.put("name", name));
        return body.toString();
      }
    }
    throw new AssertionError("no charge point");
  }

  private static List<HttpResponse<String>> atOnce(Callable<HttpResponse<String>> request)
      throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<HttpResponse<String>> all = new ArrayList<>();
      List<Callable<HttpResponse<String>>> same = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        same.add(request);
      }
      for (Future<HttpResponse<String>> one : threads.invokeAll(same)) {
        all.add(one.get());
      }
      return all;
    }
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    return RecordJson.mapper().readTree(response.body());
  }

  @Test
  @Verifies("FR-011")
  void of_edits_of_the_same_version_one_wins_and_the_others_are_told_both_versions()
      throws Exception {
    int version = version();
    String edit = rename(version, "won");

    List<HttpResponse<String>> answers =
        atOnce(() -> busbar.send("POST", site + "/topology", edit));

    assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).hasSize(1);
    for (HttpResponse<String> answer : answers) {
      if (answer.statusCode() != 200) {
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(json(answer).get("expected_version").asInt()).isEqualTo(version);
        assertThat(json(answer).get("actual_version").asInt()).isEqualTo(version + 1);
      }
    }
    assertThat(version()).isEqualTo(version + 1);
  }

  @Test
  @Verifies("NFR-009")
  void reports_of_the_same_that_are_in_flight_together_are_one_event() throws Exception {
    String events = controlPoint("DER") + "/status-events";
    String report =
        "{\"operational_status\": \"on\", \"observed_at\": \"2026-03-02T10:00:00Z\","
            + " \"source_event_ref\": \"same\"}";

    List<HttpResponse<String>> answers = atOnce(() -> busbar.send("POST", events, report));

    Set<String> ids = new HashSet<>();
    int fresh = 0;
    for (HttpResponse<String> answer : answers) {
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      JsonNode result = json(answer).get("result");
      ids.add(result.at("/event/status_event_id").asText());
      fresh += result.get("duplicate").asBoolean() ? 0 : 1;
    }
    assertThat(ids).hasSize(1);
    assertThat(fresh).isEqualTo(1);
    assertThat(busbar.get(events).get("events")).hasSize(1);
  }

  private static String controlPoint(String capability) throws Exception {
    HttpResponse<String> made = busbar.send("POST", site + "/control-points", point(capability));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    return site + "/control-points/" + json(made).at("/result/control_point_id").asText();
  }

  private static String point(String capability) {
    return """
    {"capability_type": "%s", "state": "enabled", "control_source": "EXTERNAL",
     "external_config_type": "TEST"}
    """
        .formatted(capability);
  }

  @Test
  @Verifies("NFR-003")
  void every_change_is_in_the_audit_exactly_once_and_what_changes_nothing_is_not()
      throws Exception {
    String assets = busbar.get(depot).get("assets").toString();
    ObjectNode renamed = (ObjectNode) RecordJson.mapper().readTree(assets);
    ((ObjectNode) renamed.get("depot")).put("name", "Another name");
    changes("PUT", depot, renamed.toString(), "microgrid.topology_updated.v1");
    changes("PUT", depot, renamed.toString());
    changes("POST", depot + "/microgrid/resync", null);
    String edit = rename(version(), "audited");
    changes("POST", site + "/topology", edit, "microgrid.topology_updated.v1");
    changes("POST", site + "/topology", edit);
    changes("POST", site + "/topology", rename(version(), "audited"));
    String limit =
        """
        {"constraint_type": "NET_CAP", "limit_watts": 900000, "source_type": "STATIC_POLICY",
         "status": "ACTIVE"}
        """;
    changes("POST", site + "/node-limits", limit, "microgrid.node_limit_updated.v1");
    changes("POST", site + "/node-limits", limit);
    String points = site + "/control-points";
    String topic = "microgrid.capability_control_point_updated.v1";
    JsonNode made = changes("POST", points, point("ENERGY_OPTIMISATION"), topic);
    String one = points + "/" + made.at("/result/control_point_id").asText();
    String off = point("ENERGY_OPTIMISATION").replace("enabled", "disabled");
    changes("POST", one, off, topic);
    changes("POST", one, off);
    changes("POST", one, point("ENERGY_OPTIMISATION"), topic);
    String report = "{\"operational_status\": \"on\", \"observed_at\": \"2026-03-02T10:00:00Z\"}";
    String whole = report.replaceFirst("\\{", "{\"capability_type\": \"ENERGY_OPTIMISATION\",");
    changes("POST", one + "/status-events", report, "microgrid.capability_status.recorded.v1");
    changes("POST", depot + "/microgrid/capability-status-events", whole);
    changes("POST", site + "/what-if", "{}");
    changes("POST", site + "/rebalance", "{}", "microgrid.rebalance_requested.v1");
    assertThat(audit("")).extracting(event -> event.get("event_id")).doesNotHaveDuplicates();
  }

  /** Sends one, and finds in the audit exactly what it has changed. */
  private static JsonNode changes(String method, String path, String body, String... topics)
      throws Exception {
    String correlation = "change-" + System.nanoTime();
    HttpResponse<String> answer =
        busbar.send(method, path, busbar.token(), body, "X-Correlation-Id", correlation);
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 409, 422);
    List<JsonNode> events = audit("&correlation_id=" + correlation);
    assertThat(events)
        .extracting(event -> event.get("topic").asText())
        .as("%s %s: %s", method, path, answer.body())
        .filteredOn(CHANGES::contains)
        .containsExactlyInAnyOrder(topics);
    assertThat(events).extracting(event -> event.get("event_id")).doesNotHaveDuplicates();
    assertThat(events)
        .filteredOn(event -> CHANGES.contains(event.get("topic").asText()))
        .allMatch(event -> event.get("actor").asText().equals("admin"));
    return json(answer);
  }

  /** All pages. */
  private static List<JsonNode> audit(String filter) throws Exception {
    List<JsonNode> events = new ArrayList<>();
    Optional<String> cursor = Optional.of("");
    while (cursor.isPresent()) {
      JsonNode page = busbar.get("/api/audit?limit=500" + filter + cursor.get());
      page.get("events").forEach(events::add);
      cursor =
          Optional.of(page.get("next_cursor"))
              .filter(next -> !next.isNull())
              .map(next -> "&cursor=" + next.asText());
    }
    return events;
  }

  @Test
  @Verifies("OP-03")
  void without_a_database_changes_are_a_503_reads_go_on_and_all_is_well_afterwards()
      throws Exception {
    String limit =
        """
        {"constraint_type": "GENERATION_CAP", "limit_watts": 900000, "source_type": "MANUAL",
         "status": "INACTIVE"}
        """;
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .ignoreExceptionsMatching(e -> !(e instanceof AssertionError)) // between two lives of it
        .until(
            () -> {
              busbar.killDatabase();
              HttpResponse<String> refused = busbar.send("POST", site + "/node-limits", limit);
              busbar.get(site + "/topology");
              busbar.get(site + "/node-limits");
              boolean unavailable = refused.statusCode() == 503;
              if (unavailable) {
                assertThat(json(refused).get("reason_code").asText()).isEqualTo("UNAVAILABLE");
                assertThat(json(refused).get("missing_inputs").isArray()).isTrue();
                assertThat(json(refused).get("safe_action_taken").asText()).isNotBlank();
              }
              return unavailable;
            });

    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> busbar.send("POST", site + "/node-limits", limit).statusCode() == 200);
    Awaitility.await("everything stores again")
        .atMost(Duration.ofMinutes(2))
        .until(RacesTest::isUp);
  }

  private static boolean isUp() throws Exception {
    for (JsonNode component : busbar.get("/health").get("components")) {
      boolean stores = component.get("name").asText().matches("database|plugin:balancing/history");
      if (stores && !component.get("status").asText().equals("UP")) {
        return false;
      }
    }
    return true;
  }
}
