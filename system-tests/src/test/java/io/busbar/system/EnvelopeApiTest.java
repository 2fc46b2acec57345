package io.busbar.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.testkit.Verifies;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Limits from outside, from the example adapter to the chargers and back to who asks; and what
 * older consumers of circuits see of them.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EnvelopeApiTest {

  private static final int CAP = 100_000;
  private static final int NIGHTLY = 80_000;
  private static final Pattern ITS_OWN =
      Pattern.compile(
          "\\w+ (/api/microgrid/[^/]+/(envelopes|effective-limits|envelope-sources|proof-log)"
              + "|/api/circuit/.*) \\d+");

  @TempDir static Path data;
  @TempDir static Path plugins;
  @TempDir static Path feed;

  private static RunningBusbar busbar;
  private static String site;
  private static String gridConnection;
  private static String circuit;
  private static String controlPoint;

  @AfterAll
  static void stop() {
    busbar.close();
  }

  /** Whether an answer that the contract documents is seen here. */
  static boolean covers(String answer) {
    return ITS_OWN.matcher(answer).matches();
  }

  @Test
  @Order(1)
  @Verifies("NFR-006")
  void without_circuit_compat_everything_else_works_unchanged() throws Exception {
    busbar = RunningBusbar.demo(data, "--set", "busbar.plugins.disabled=[circuit-compat]");
    site = "/api/microgrid/" + busbar.get("/api/depots").at("/sites/0/microgrid_id").asText();
    findGridConnection();

    for (JsonNode component : busbar.get("/health").get("components")) {
      assertThat(component.get("name").asText()).isNotEqualTo("plugin:circuit-compat");
      assertThat(component.get("status").asText()).as("%s", component).isNotEqualTo("DOWN");
    }
    JsonNode cycle = answer(200, "POST", site + "/rebalance", "{}").get("result");
    assertThat(cycle.at("/allocation_summary/by_node")).isNotEmpty();
    assertThat(answer(200, "GET", site + "/effective-limits", null).get("limits")).isEmpty();
    answer(404, "GET", circuit(""), null);
    answer(404, "POST", circuit("/rebalance_load"), "{}");
    answer(404, "GET", circuit("/tou_limits"), null);
    answer(404, "POST", circuit("/tou_limits"), "{\"windows\": []}");
    controlPoint =
        answer(
                200,
                "POST",
                site + "/control-points",
                """
                {"capability_type": "PEAK_SHAVING", "state": "enabled",
                 "control_source": "EXTERNAL", "external_config_type": "CSV"}
                """)
            .at("/result/control_point_id")
            .asText();
    busbar.close();
  }

  private static void findGridConnection() throws Exception {
    for (JsonNode entry : busbar.get(site + "/topology").get("nodes")) {
      JsonNode node = entry.get("node");
      if (node.get("node_type").asText().equals("GRID_CONNECTION")) {
        gridConnection = node.get("node_id").asText();
        circuit = node.get("attached_asset_id").asText();
      }
    }
  }

  @Test
  @Order(2)
  @Verifies({"FR-026", "FR-027", "FR-029", "FR-033"})
  void a_limit_of_a_feed_binds_chargers_and_is_shown_everywhere() throws Exception {
    writeFeed();
    startWithAdapter();

    within(40, () -> limitOfGridConnection() == CAP);
    JsonNode page = busbar.get(site + "/envelopes?status=ACTIVE&limit=1&node_id=" + gridConnection);
    JsonNode envelope = page.at("/envelopes/0/envelope");
    String reference = "envelope:" + envelope.get("envelope_id").asText();
    assertThat(envelope.get("source_ref").asText()).startsWith("csv:");
    JsonNode limits = busbar.get(site + "/effective-limits");
    assertThat(limits.at("/limits/0/constraint_ref").asText()).isEqualTo(reference);
    assertThat(limits.at("/valid_until").isTextual()).isTrue();
    assertThat(busbar.get(site + "/status").get("effective_limits"))
        .isEqualTo(limits.get("limits"));
    JsonNode source = busbar.get(site + "/envelope-sources").at("/sources/0");
    assertThat(source.get("control_point_id").asText()).isEqualTo(controlPoint);
    assertThat(source.get("health").asText()).isEqualTo("ONLINE");
    within(60, () -> isBoundBy(reference));
    within(60, () -> busbar.get(site + "/proof-log?limit=5").at("/proofs/0/under_at").isTextual());
    JsonNode whole = busbar.get("/api/depots").at("/sites/0/depot_id");
    JsonNode shown = busbar.get("/api/depot/" + whole.asText() + "/microgrid");
    assertThat(shown.get("active_envelopes")).isNotEmpty();
    assertThat(shown.at("/effective_circuit_capacities/0/effective_capacity_watts").asInt())
        .isEqualTo(CAP);
    for (String path :
        new String[] {"/envelopes", "/effective-limits", "/envelope-sources", "/proof-log"}) {
      answer(404, "GET", "/api/microgrid/" + UUID.randomUUID() + path, null);
    }
    answer(400, "GET", site + "/envelopes?cursor=garbage", null);
    answer(400, "GET", site + "/envelopes?status=MAYBE", null);
    answer(400, "GET", site + "/proof-log?from=yesterday", null);
  }

  private static void startWithAdapter() throws IOException {
    CsvLimits.into(plugins);
    UUID microgrid = UUID.fromString(site.substring(site.lastIndexOf('/') + 1));
    String[] set = CsvLimits.settings(plugins, feed, microgrid, gridConnection, controlPoint);
    busbar = RunningBusbar.demo(data, set);
  }

  private static void writeFeed() throws IOException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS);
    CsvLimits.write(feed, now, now.plus(Duration.ofHours(3)), CAP);
  }

  private static int limitOfGridConnection() throws Exception {
    for (JsonNode line : lines()) {
      if (line.get("node_id").asText().equals(gridConnection)) {
        return line.get("limit_watts").asInt();
      }
    }
    return -1;
  }

  private static boolean isBoundBy(String reference) throws Exception {
    for (JsonNode line : lines()) {
      if (line.get("binding_constraint_ref").asText().equals(reference)) {
        return true;
      }
    }
    return false;
  }

  private static JsonNode lines() throws Exception {
    return busbar.get(site + "/cycles?limit=1").at("/cycles/0/allocation_summary/by_node");
  }

  @Test
  @Order(3)
  @Verifies({"FR-008", "FR-015", "FR-016", "NFR-005", "NFR-006"})
  void older_consumers_see_and_balance_their_circuit() throws Exception {
    JsonNode seen = busbar.get(circuit(""));
    assertThat(seen.get("available_capacity_watts").asInt()).isEqualTo(CAP);
    assertThat(seen.get("source").asText()).startsWith("envelope:");
    assertThat(seen.get("default_capacity_watts").asInt()).isGreaterThan(CAP);
    String once = "{\"correlation_id\": \"" + UUID.randomUUID() + "\"}";
    JsonNode done = answer(200, "POST", circuit("/rebalance_load"), once).get("result");
    JsonNode again = answer(200, "POST", circuit("/rebalance_load"), once).get("result");
    assertThat(done.at("/cycle/reason_codes").toString())
        .contains("LEGACY_ALIAS_TRANSLATION_APPLIED");
    assertThat(again.at("/cycle/cycle_id")).isEqualTo(done.at("/cycle/cycle_id"));
    String cycle = site + "/cycles/" + done.at("/cycle/cycle_id").asText();
    assertThat(busbar.get(cycle + "/replay").get("identical").asBoolean()).isTrue();

    String always =
        """
        {"windows": [{"days": ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY",
          "SUNDAY"], "from": "00:00", "to": "00:00", "limit_watts": %d}]}
        """
            .formatted(NIGHTLY);
    JsonNode set = answer(200, "POST", circuit("/tou_limits"), always).get("result");
    assertThat(set.get("days")).isNotEmpty();
    assertThat(answer(200, "GET", circuit("/tou_limits"), null)).isEqualTo(set);
    within(20, () -> limitOfGridConnection() == NIGHTLY);
    answer(200, "POST", circuit("/tou_limits"), "{\"windows\": []}");
    within(20, () -> limitOfGridConnection() == CAP);

    String nothing = "/api/circuit/" + UUID.randomUUID();
    assertThat(reason(409, "GET", nothing, null)).isEqualTo("CIRCUIT_ALIAS_NOT_RESOLVABLE");
    assertThat(reason(409, "POST", nothing + "/rebalance_load", "{}"))
        .isEqualTo("CIRCUIT_ALIAS_NOT_RESOLVABLE");
    assertThat(reason(422, "GET", nothing + "/tou_limits", null))
        .isEqualTo("LIMIT_SCOPE_TRANSLATION_FAILED");
    assertThat(reason(422, "POST", nothing + "/tou_limits", always))
        .isEqualTo("LIMIT_SCOPE_TRANSLATION_FAILED");
  }

  @Test
  @Order(4)
  @Verifies("FR-030")
  void a_feed_that_is_gone_leaves_the_fail_safe_capacity_and_its_return_ends_that()
      throws Exception {
    CsvLimits.remove(feed);

    within(40, () -> isFailSafe(busbar.get(site + "/effective-limits")));
    assertThat(busbar.get(site + "/envelope-sources").at("/sources/0/health").asText())
        .isEqualTo("OFFLINE");
    JsonNode seen = busbar.get(circuit(""));
    int failSafe = seen.get("fail_safe_capacity_watts").asInt();
    assertThat(seen.get("source").asText()).startsWith("fail-safe:");
    assertThat(seen.get("available_capacity_watts").asInt()).isEqualTo(failSafe);
    within(20, () -> limitOfGridConnection() == failSafe);

    writeFeed();
    within(40, () -> limitOfGridConnection() == CAP);
  }

  private static boolean isFailSafe(JsonNode limits) {
    return limits.at("/limits/0/constraint_ref").asText().equals("fail-safe:" + controlPoint);
  }

  /** The last: everything that the contract documents of these was answered at least once. */
  @Test
  @Order(5)
  void every_documented_answer_was_seen_and_judged() {
    Set<String> missing = new TreeSet<>(Contract.documented());
    missing.removeIf(answer -> !covers(answer));
    assertThat(missing).hasSizeGreaterThan(15);
    missing.removeAll(Contract.seen());
    missing.removeIf(answer -> answer.endsWith(" 503"));

    assertThat(missing).isEmpty();
  }

  private static String circuit(String path) {
    return "/api/circuit/" + circuit + path;
  }

  private static void within(int seconds, Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(seconds))
        .pollInterval(Duration.ofMillis(200))
        .until(condition);
  }

  private static String reason(int status, String method, String path, String body)
      throws Exception {
    return answer(status, method, path, body).get("reason_code").asText();
  }

  private static JsonNode answer(int status, String method, String path, String body)
      throws Exception {
    return busbar.answer(status, method, path, body);
  }
}
