package io.busbar.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.busbar.testkit.RealData;
import io.busbar.testkit.Verifies;
import io.busbar.wire.RecordJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Every operation of the API and every error, through the door to the database and back. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ApiTest {

  private static final String REPORT =
      "{\"operational_status\": true, \"observed_at\": \"2026-03-02T10:00:00Z\","
          + " \"source_event_ref\": \"r-1\"}";

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

  @Test
  @Order(1)
  @Verifies({"FR-002", "FR-011", "FR-007"})
  void a_tree_is_edited_by_version_and_every_version_can_be_read() throws Exception {
    int version = version();
    ObjectNode node = draft("CHARGE_POINT").put("name", "bay by the door");

    JsonNode done = ok("POST", site + "/topology", patch(version, node)).get("result");
    JsonNode lost = failed(409, "POST", site + "/topology", patch(version, node));

    assertThat(done.get("version").asInt()).isEqualTo(version + 1);
    assertThat(done.at("/changed/0").asText()).isEqualTo(node.get("node_id").asText());
    assertThat(lost.get("reason_code").asText()).isEqualTo("TOPOLOGY_VERSION_CONFLICT");
    assertThat(lost.get("expected_version").asInt()).isEqualTo(version);
    assertThat(lost.get("actual_version").asInt()).isEqualTo(version + 1);
    JsonNode before = busbar.get(site + "/topology?version=" + version);
    assertThat(before.findValuesAsText("name")).doesNotContain("bay by the door");
    JsonNode diff = busbar.get(site + "/topology/diff?from=" + version + "&to=" + (version + 1));
    assertThat(diff.at("/changed/0/after/name").asText()).isEqualTo("bay by the door");
    failed(404, "GET", site + "/topology?version=9999", null);
    failed(404, "GET", site + "/topology/diff?from=1&to=9999", null);
    failed(400, "GET", site + "/topology/diff?from=1", null);
  }

  @Test
  @Order(2)
  void an_edit_that_breaks_a_rule_names_it_and_the_node() throws Exception {
    ObjectNode node = draft("CONNECTOR");
    node.putNull("parent_node_id");

    JsonNode refused = failed(422, "POST", site + "/topology", patch(version(), node));

    assertThat(refused.get("reason_code").asText()).isEqualTo("TOPOLOGY_INVALID");
    assertThat(refused.get("violated_rule").asText()).isEqualTo("NESTING");
    assertThat(refused.at("/details/0/node_id")).isEqualTo(node.get("node_id"));
    ObjectNode replace = RecordJson.mapper().createObjectNode();
    replace.put("version", version()).put("mode", "REPLACE").putArray("nodes");
    assertThat(
            failed(422, "POST", site + "/topology", replace.toString())
                .get("violated_rule")
                .asText())
        .isEqualTo("NO_GRID_CONNECTION");
    failed(400, "POST", site + "/topology", "{\"version\": 1, \"mode\": \"MAYBE\"}");
    failed(404, "POST", nowhere() + "/topology", replace.toString());
    ok("POST", depot + "/microgrid/resync", null);
    failed(404, "POST", "/api/depot/" + UUID.randomUUID() + "/microgrid/resync", null);
  }

  @Test
  @Order(3)
  @Verifies("FR-003")
  void limits_are_set_changed_and_refused() throws Exception {
    String node = draft("CIRCUIT").get("node_id").asText();
    String limit =
        """
        {"node_id": "%s", "constraint_type": "CONSUMPTION_CAP", "limit_watts": 1000,
         "limit_amps": {"l1": 10, "l2": 10, "l3": 10}, "source_type": "MANUAL", "status": "ACTIVE"}
        """
            .formatted(node);

    JsonNode stored = ok("POST", site + "/node-limits", limit).get("result");
    String id = stored.get("node_limit_id").asText();
    JsonNode twice = failed(422, "POST", site + "/node-limits", limit);
    String changed = limit.replaceFirst("\\{", "{\"node_limit_id\": \"" + id + "\",");
    ok("POST", site + "/node-limits", changed.replace("ACTIVE", "INACTIVE"));

    assertThat(twice.get("violated_rule").asText()).isEqualTo("DUPLICATE_LIMIT");
    JsonNode listed = busbar.get(site + "/node-limits?node_id=" + node).get("node_limits");
    assertThat(listed.findValuesAsText("node_limit_id")).contains(id);
    failed(404, "POST", site + "/node-limits", changed.replace(id, UUID.randomUUID().toString()));
    failed(400, "POST", site + "/node-limits", limit.replace("1000", "-1"));
    failed(404, "GET", nowhere() + "/node-limits", null);
  }

  @Test
  @Order(4)
  @Verifies({"FR-013", "FR-020", "FR-022"})
  void control_points_are_created_changed_and_refused() throws Exception {
    String draft =
        """
        {"capability_type": "PEAK_SHAVING", "state": "enabled", "control_source": "EXTERNAL",
         "external_config_type": "OSCP_CONFIGURATION", "external_config_ref": "opaque"}
        """;

    JsonNode point = ok("POST", site + "/control-points", draft).get("result");
    JsonNode twice = failed(422, "POST", site + "/control-points", draft);
    String one = site + "/control-points/" + point.get("control_point_id").asText();
    JsonNode off = ok("POST", one, draft.replace("enabled", "disabled")).get("result");
    String scheduled = draft.replaceFirst("\\{", "{\"schedule_ref\": \"nights\",");

    assertThat(twice.get("violated_rule").asText()).isEqualTo("DUPLICATE_CONTROL_POINT");
    assertThat(off.get("state").asText()).isEqualTo("disabled");
    assertThat(failed(422, "POST", one, scheduled).get("violated_rule").asText())
        .isEqualTo("SCHEDULE_NOT_LOCAL");
    assertThat(
            busbar.get(site + "/control-points?capability_type=PEAK_SHAVING").get("control_points"))
        .containsExactly(off);
    assertThat(
            busbar
                .get(site + "/control-points?capability_type=LOAD_BALANCING")
                .get("control_points"))
        .isEmpty();
    failed(404, "POST", site + "/control-points/" + UUID.randomUUID(), draft);
    failed(404, "GET", nowhere() + "/control-points", null);
    failed(404, "POST", nowhere() + "/control-points", draft);
  }

  @Test
  @Order(4)
  @Verifies({"FR-021", "FR-023", "FR-025", "NFR-009"})
  void statuses_are_recorded_once_and_shown() throws Exception {
    String events = controlPoint("DER") + "/status-events";
    String whole = REPORT.replaceFirst("\\{", "{\"capability_type\": \"DER\",");

    JsonNode first = ok("POST", events, REPORT).get("result");
    JsonNode again = ok("POST", depot + "/microgrid/capability-status-events", whole).get("result");

    assertThat(first.get("duplicate").asBoolean()).isFalse();
    assertThat(again.get("duplicate").asBoolean()).isTrue();
    assertThat(again.get("event")).isEqualTo(first.get("event"));
    assertThat(busbar.get(events + "?limit=1").get("events")).containsExactly(first.get("event"));
    assertThat(busbar.get(site + "/status").at("/capability/0/latest_operational_status").asText())
        .isEqualTo("ON");
    assertThat(
            busbar
                .get(site + "/control-points?capability_type=DER&include=latest_status")
                .at("/control_points/0/latest_status/freshness_seconds")
                .asLong())
        .isPositive();
  }

  @Test
  @Order(4)
  @Verifies("FR-023")
  void statuses_that_break_a_rule_are_refused() throws Exception {
    String events = controlPoint("ENERGY_OPTIMISATION") + "/status-events";
    String ofDepot = depot + "/microgrid/capability-status-events";
    String future = REPORT.replace("2026-03", "2999-03").replace("r-1", "r-2");
    assertThat(failed(422, "POST", events, future).get("violated_rule").asText())
        .isEqualTo("OBSERVED_IN_FUTURE");
    String of = "{\"capability_type\": \"ENERGY_OPTIMISATION\",";
    failed(422, "POST", ofDepot, future.replaceFirst("\\{", of));
    failed(400, "POST", events, "{\"operational_status\": 1}");
    failed(400, "GET", events + "?cursor=garbage", null);
    failed(400, "GET", events + "?from=yesterday", null);
    String nobody = site + "/control-points/" + UUID.randomUUID() + "/status-events";
    failed(404, "POST", nobody, REPORT);
    failed(404, "GET", nobody, null);
    String elsewhere = "/api/depot/" + UUID.randomUUID() + "/microgrid/capability-status-events";
    failed(404, "POST", elsewhere, REPORT.replaceFirst("\\{", of));
  }

  @Test
  @Order(5)
  @Verifies("FR-018")
  void nodes_are_collected_by_type_and_place() throws Exception {
    JsonNode all = busbar.get(site + "/collection?node_type=CONNECTOR,CHARGE_POINT&status=ACTIVE");
    String circuit = draft("CIRCUIT").get("node_id").asText();
    JsonNode some = busbar.get(site + "/collection?node_type=CONNECTOR&under=" + circuit);

    assertThat(all.at("/by_type/CONNECTOR/count").asInt())
        .isGreaterThan(some.at("/by_type/CONNECTOR/count").asInt())
        .isPositive();
    assertThat(some.at("/total/rated_watts").asLong()).isPositive();
    failed(404, "GET", site + "/collection?under=" + UUID.randomUUID(), null);
    failed(400, "GET", site + "/collection?node_type=SOFA", null);
  }

  @Test
  @Order(6)
  @Verifies("NFR-003")
  void the_audit_has_every_change_once_with_who_and_is_read_page_by_page() throws Exception {
    String of = "/api/audit?microgrid_id=" + site.substring(site.lastIndexOf('/') + 1);
    List<JsonNode> events = new ArrayList<>();
    String next = of + "&limit=40&topic=microgrid.topology_updated.v1";
    String cursor = "";
    while (cursor != null) {
      JsonNode page = busbar.get(next + cursor);
      page.get("events").forEach(events::add);
      cursor =
          page.get("next_cursor").isNull() ? null : "&cursor=" + page.get("next_cursor").asText();
    }

    Set<String> ids = new HashSet<>();
    events.forEach(event -> ids.add(event.get("event_id").asText()));
    assertThat(ids).hasSameSizeAs(events).hasSize(version());
    assertThat(busbar.get(of + "&actor=admin&limit=500").get("events"))
        .extracting(event -> event.get("topic").asText())
        .contains(
            "microgrid.topology_updated.v1",
            "microgrid.node_limit_updated.v1",
            "microgrid.capability_control_point_updated.v1");
    failed(400, "GET", "/api/audit?cursor=garbage", null);
    failed(400, "GET", "/api/audit?limit=501", null);
    failed(400, "GET", "/api/audit?from=yesterday", null);
  }

  @Test
  @Order(7)
  void cycles_are_read_page_by_page_and_explained() throws Exception {
    ok("POST", site + "/rebalance", "{}");
    ok("POST", site + "/rebalance", "{}");
    JsonNode page = busbar.get(site + "/cycles?limit=1");
    JsonNode next = busbar.get(site + "/cycles?limit=1&cursor=" + page.get("next_cursor").asText());
    String cycle = next.at("/cycles/0/cycle_id").asText();

    assertThat(cycle).isNotEqualTo(page.at("/cycles/0/cycle_id").asText());
    assertThat(busbar.get(site + "/cycles/" + cycle).get("cycle_id").asText()).isEqualTo(cycle);
    String node = draft("CONNECTOR").get("node_id").asText();
    busbar.get(site + "/cycles/latest/explain?node_id=" + node);
    assertThat(busbar.get(site + "/status").get("alerts").isArray()).isTrue();
    JsonNode replayed = busbar.get(site + "/cycles/" + cycle + "/replay");
    assertThat(replayed.get("identical").asBoolean()).isTrue();
    assertThat(replayed.get("replayed_digest")).isEqualTo(next.at("/cycles/0/audit/result_digest"));
    assertThat(replayed.at("/inputs/policy/freshness").asText()).isEqualTo("PT30S");
    assertThat(busbar.get(site + "/breaches?state=open&limit=5").get("breaches").isArray())
        .isTrue();
    busbar.get(depot);
    busbar.get(depot + "/microgrid");
    failed(400, "GET", site + "/cycles?cursor=garbage", null);
    failed(404, "GET", site + "/cycles/" + UUID.randomUUID(), null);
    failed(404, "GET", nowhere() + "/cycles", null);
    failed(404, "GET", site + "/cycles/" + UUID.randomUUID() + "/replay", null);
    failed(404, "GET", nowhere() + "/breaches", null);
    failed(400, "GET", site + "/breaches?state=ajar", null);
    failed(404, "GET", nowhere() + "/status", null);
    failed(404, "GET", nowhere() + "/topology", null);
    failed(404, "GET", "/api/depot/" + UUID.randomUUID(), null);
    failed(404, "GET", "/api/depot/" + UUID.randomUUID() + "/microgrid", null);
    failed(404, "POST", site + "/rebalance", "{\"node_id\": \"" + UUID.randomUUID() + "\"}");
    failed(404, "GET", site + "/cycles/latest/explain?node_id=" + UUID.randomUUID(), null);
    failed(405, "DELETE", site + "/status", null);
  }

  @Test
  @Order(8)
  void what_if_says_what_would_be_and_changes_nothing() throws Exception {
    ok("POST", site + "/rebalance", "{}");
    String node = draft("CONNECTOR").get("node_id").asText();
    JsonNode before = busbar.get(site + "/topology");
    JsonNode nothing = ok("POST", site + "/what-if", "{\"limits\": [{\"limit_watts\": 0}]}");
    JsonNode session =
        ok(
            "POST",
            site + "/what-if",
            "{\"strategy\": \"LEAST_LAXITY\", \"sessions\": [{\"node_id\": \"%s\"}]}"
                .formatted(node));

    assertThat(nothing.at("/allocation_summary/allocated_watts").asInt()).isZero();
    assertThat(Contract.requested(session, node)).isPositive();
    assertThat(busbar.get(site + "/topology").at("/microgrid/version"))
        .isEqualTo(before.at("/microgrid/version"));
    failed(400, "POST", site + "/what-if", "{\"strategy\": \"LUCK\"}");
    failed(404, "POST", nowhere() + "/what-if", "{}");
    failed(
        404,
        "POST",
        site + "/what-if",
        "{\"sessions\": [{\"node_id\": \"" + UUID.randomUUID() + "\"}]}");
    failed(422, "POST", site + "/what-if", "{\"limits\": [{\"limit_watts\": -1}]}");
  }

  @Test
  @Order(8)
  void sessions_and_strategies_are_changed_shown_and_refused() throws Exception {
    SessionCalls calls = new SessionCalls(busbar, site);
    calls.needsAreGivenAndTakenBack();
    calls.oneIsBegunAndEnded(nowhere());
    calls.aStrategyIsChosenAndTakenBack(nowhere());
  }

  @Test
  @Order(9)
  void a_site_is_imported_and_refused() throws Exception {
    String text =
        Files.readString(RealData.repository().resolve("config/sites/caltech-garage.yaml"));

    assertThat(busbar.send("PUT", depot, text).statusCode()).isIn(400, 422);
    failed(422, "PUT", "/api/depot/" + UUID.randomUUID(), "{\"format\": \"busbar-site/1\"}");
    JsonNode again = busbar.get(depot).get("assets");
    assertThat(ok("PUT", depot, again.toString()).at("/result/changed").asBoolean()).isFalse();
  }

  /** The last: everything documented that no test of its own sees was answered at least once. */
  @Test
  @Order(10)
  void every_documented_answer_was_seen_and_judged() {
    Set<String> missing = new TreeSet<>(Contract.documented());
    missing.removeAll(Contract.seen());
    missing.removeIf(EnvelopeApiTest::covers);
    missing.removeIf(OscpApiTest::covers);
    missing.removeIf(answer -> answer.contains("/events ") || answer.endsWith(" 401"));
    missing.removeIf(answer -> answer.endsWith(" 503"));

    assertThat(missing).isEmpty();
  }

  private static String controlPoint(String capability) throws Exception {
    String draft =
        """
        {"capability_type": "%s", "state": "enabled", "control_source": "EXTERNAL",
         "external_config_type": "TEST"}
        """
            .formatted(capability);
    JsonNode point = ok("POST", site + "/control-points", draft).get("result");
    return site + "/control-points/" + point.get("control_point_id").asText();
  }

  private static String nowhere() {
    return "/api/microgrid/" + UUID.randomUUID();
  }

  private static int version() throws Exception {
    return busbar.get(site + "/topology").at("/microgrid/version").asInt();
  }

  /** The first node of a type, as an edit wants it. */
  private static ObjectNode draft(String type) throws Exception {
    for (JsonNode entry : busbar.get(site + "/topology").get("nodes")) {
      if (entry.at("/node/node_type").asText().equals(type)) {
        ObjectNode node = entry.get("node").deepCopy();
        node.remove(List.of("asset", "microgrid_id"));
        return node;
      }
    }
    throw new AssertionError("no " + type);
  }

  private static String patch(int version, ObjectNode upsert) {
    ObjectNode body = RecordJson.mapper().createObjectNode();
    body.put("version", version).put("mode", "PATCH").putArray("upsert").add(upsert);
    return body.toString();
  }

  private static JsonNode ok(String method, String path, String body) throws Exception {
    return failed(200, method, path, body);
  }

  private static JsonNode failed(int status, String method, String path, String body)
      throws Exception {
    return busbar.answer(status, method, path, body);
  }
}
