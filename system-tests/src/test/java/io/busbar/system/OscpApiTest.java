package io.busbar.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.oscpstandin.CapacityProvider;
import io.busbar.oscpstandin.Exchange;
import io.busbar.oscpstandin.HttpCapacityProvider;
import io.busbar.testkit.Verifies;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A grid operator connects over HTTP and its forecast binds the site; people see all of it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OscpApiTest {

  private static final String GROUP = "DEPOT0042";
  private static final String TOKEN_A = "initial-token-of-the-test";
  private static final Pattern ITS_OWN =
      Pattern.compile("\\w+ /api/microgrid/[^/]+/oscp-connections.* \\d+");

  @TempDir static Path data;
  @TempDir static Path folder;

  private static Vertx vertx;
  private static HttpCapacityProvider operator;
  private static RunningBusbar busbar;
  private static String site;
  private static String gridConnection;
  private static int port;

  @AfterAll
  static void stop() {
    busbar.close();
    if (vertx != null) {
      operator.close();
      vertx.close();
    }
  }

  /** Whether an answer that the contract documents is seen here. */
  static boolean covers(String answer) {
    return ITS_OWN.matcher(answer).matches();
  }

  @Test
  @Order(1)
  void without_the_plugin_there_are_no_links() throws Exception {
    busbar = RunningBusbar.demo(data, "--set", "busbar.plugins.disabled=[oscp]");
    site = "/api/microgrid/" + busbar.get("/api/depots").at("/sites/0/microgrid_id").asText();
    for (JsonNode entry : busbar.get(site + "/topology").get("nodes")) {
      if (entry.at("/node/node_type").asText().equals("GRID_CONNECTION")) {
        gridConnection = entry.at("/node/node_id").asText();
      }
    }
    answer(404, "GET", "/oscp-connections", null);
    busbar.close();
  }

  @Test
  @Order(2)
  @Verifies({"OS-01", "OS-02", "OS-03"})
  void a_forecast_of_a_grid_operator_binds_the_site() throws Exception {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    vertx = Vertx.vertx();
    operator =
        new HttpCapacityProvider(
            vertx, Instant::now, () -> "http://127.0.0.1:%d/oscp/fp/2.0".formatted(port));
    busbar = RunningBusbar.demo(data, "--config", settings().toString());
    CapacityProvider partner = operator.partner().shows("Token", TOKEN_A);

    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(() -> status(partner.register("token-b-of-the-test")) == 204);
    within(60, () -> stage().equals("REGISTERED"));
    assertThat(status(partner.handshake(30.0, "INTERMITTENT"))).isEqualTo(204);
    within(60, () -> stage().equals("ONLINE"));
    Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
    assertThat(
            status(
                partner.send(
                    CapacityProvider.forecast(
                        GROUP,
                        "CONSUMPTION",
                        CapacityProvider.block(hour, hour.plus(Duration.ofHours(5)), 90)))))
        .isEqualTo(204);

    within(60, () -> limits().at("/limits/0/limit_watts").asInt() == 90_000);
    assertThat(limits().at("/limits/0/constraint_ref").asText()).startsWith("envelope:");
    assertThat(connection().at("/groups/0/limit_watts").asInt()).isEqualTo(90_000);
    within(60, () -> !partner.received("heartbeat").isEmpty());
  }

  private static Path settings() throws Exception {
    String microgrid = site.substring(site.lastIndexOf('/') + 1);
    Files.writeString(folder.resolve("token"), TOKEN_A);
    return Files.writeString(
        folder.resolve("oscp-test.yaml"),
        """
        oscp:
          server: { port: %d }
          connections:
            utility:
              initial_token: "${file:%s}"
              allowed_hosts: [127.0.0.1]
              rules: { require_https: false, heartbeat_seconds: 0 }
              groups: [{ group_id: %s, microgrid_id: %s, node_id: %s }]
        """
            .formatted(port, folder.resolve("token"), GROUP, microgrid, gridConnection));
  }

  private static JsonNode limits() throws Exception {
    return busbar.get(site + "/effective-limits");
  }

  private static JsonNode connection() throws Exception {
    return busbar.get(site + "/oscp-connections").at("/connections/0");
  }

  private static String stage() throws Exception {
    return connection().get("stage").asText();
  }

  private static int status(Future<Exchange.Answer> answer) throws Exception {
    return answer.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS).status();
  }

  @Test
  @Order(3)
  @Verifies("OS-05")
  void people_see_the_link_and_can_speak_through_it() throws Exception {
    JsonNode link = answer(200, "GET", "/oscp-connections/utility", null);
    assertThat(link.get("exchanges")).isNotEmpty();
    assertThat(link.toString())
        .doesNotContain(TOKEN_A)
        .doesNotContain("token-b-of-the-test")
        .doesNotContain(operator.partner().token());
    answer(404, "GET", "/oscp-connections/nobody", null);

    Instant later = Instant.now().plus(Duration.ofHours(6)).truncatedTo(ChronoUnit.HOURS);
    String adjustment =
        "{\"group_id\": \"%s\", \"blocks\": [{\"from\": \"%s\", \"to\": \"%s\", \"watts\": 120000}]}"
            .formatted(GROUP, later, later.plusSeconds(900));
    JsonNode kept = answer(200, "POST", "/oscp-connections/utility/adjustments", adjustment);
    within(30, () -> operator.partner().last("adjust_group_capacity_forecast").isPresent());
    assertThat(
            operator
                .partner()
                .last("adjust_group_capacity_forecast")
                .orElseThrow()
                .header("X-Request-ID"))
        .hasValue(kept.at("/result/request_id").asText());
    answer(409, "POST", "/oscp-connections/utility/adjustments", adjustment);
    answer(404, "POST", "/oscp-connections/nobody/adjustments", adjustment);
    String report = "{\"group_id\": \"%s\", \"message\": \"too little\"}".formatted(GROUP);
    answer(200, "POST", "/oscp-connections/utility/compliance-errors", report);
    answer(409, "POST", "/oscp-connections/utility/compliance-errors", report);
    answer(404, "POST", "/oscp-connections/nobody/compliance-errors", report);
    within(30, () -> operator.partner().last("group_capacity_compliance_error").isPresent());
  }

  @Test
  @Order(4)
  void people_replace_secrets_and_end_the_relation() throws Exception {
    String secret = "{\"name\": \"initial_token\", \"value\": \"another-token\"}";
    answer(200, "POST", "/oscp-connections/utility/secrets", secret);
    answer(404, "POST", "/oscp-connections/nobody/secrets", secret);
    String unknown = "{\"name\": \"password\", \"value\": \"x\"}";
    answer(409, "POST", "/oscp-connections/utility/secrets", unknown);
    answer(409, "POST", "/oscp-connections/utility/orders", "{\"order\": \"REGISTER\"}");
    answer(404, "POST", "/oscp-connections/nobody/orders", "{\"order\": \"REGISTER\"}");

    answer(200, "POST", "/oscp-connections/utility/orders", "{\"order\": \"DEREGISTER\"}");
    within(30, () -> stage().equals("DEREGISTERED"));
    within(30, () -> limits().at("/limits/0/constraint_ref").asText().startsWith("fail-safe:"));
    CapacityProvider partner = operator.partner();
    assertThat(status(partner.shows("Token", TOKEN_A).register("b2"))).isEqualTo(401);
    assertThat(status(partner.shows("Token", "another-token").register("b2"))).isEqualTo(204);
  }

  /** The last: everything that the contract documents of these was answered at least once. */
  @Test
  @Order(5)
  void every_documented_answer_was_seen_and_judged() {
    Set<String> missing = new TreeSet<>(Contract.documented());
    missing.removeIf(answer -> !covers(answer));
    assertThat(missing).hasSizeGreaterThan(10);
    missing.removeAll(Contract.seen());

    assertThat(missing).isEmpty();
  }

  private static JsonNode answer(int status, String method, String path, String body)
      throws Exception {
    return busbar.answer(status, method, site + path, body);
  }

  private static void within(int seconds, Callable<Boolean> condition) {
    Awaitility.await().atMost(Duration.ofSeconds(seconds)).ignoreExceptions().until(condition);
  }
}
