package io.busbar.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.testkit.Verifies;
import io.busbar.wire.RecordJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The HTTP door: who may come in, and what is answered to what is wrong. */
class DoorTest {

  @TempDir static Path data;

  private static RunningBusbar busbar;
  private static String site;

  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws Exception {
    Files.writeString(
        data.resolve("tokens.json"),
        "[%s, %s]".formatted(viewer("vera", "look-only"), viewer("otto", "too-often")));
    busbar =
        RunningBusbar.demo(
            data, "--set", "web.max_body_bytes=200000", "--set", "web.requests_per_minute=600");
    site = "/api/microgrid/" + busbar.get("/api/depots").at("/sites/0/microgrid_id").asText();
  }

  private static String viewer(String name, String token) throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    return "{\"name\": \"%s\", \"role\": \"viewer\", \"sha256\": \"%s\"}"
        .formatted(name, HexFormat.of().formatHex(hash));
  }

  @AfterAll
  static void stop() {
    busbar.close();
  }

  @Test
  void without_a_token_nothing_of_the_api_is_answered_and_health_is_open() throws Exception {
    assertThat(send("GET", "/api/depots", null, null).statusCode()).isEqualTo(401);
    assertThat(send("GET", "/api/depots", "wrong", null).statusCode()).isEqualTo(401);
    assertThat(send("GET", "/api/nothing/here", null, null).statusCode()).isEqualTo(401);
    assertThat(send("GET", "/health", null, null).statusCode()).isEqualTo(200);
    assertThat(send("GET", "/metrics", null, null).body()).contains("busbar_");
  }

  @Test
  void a_viewer_may_look_but_not_act() throws Exception {
    assertThat(send("GET", site + "/status", "look-only", null).statusCode()).isEqualTo(200);
    HttpResponse<String> denied = send("POST", site + "/rebalance", "look-only", "{}");
    assertThat(denied.statusCode()).isEqualTo(403);
    assertThat(json(denied).get("message").asText()).contains("vera").contains("operator");
  }

  @Test
  void every_operation_asks_who_comes_and_whether_he_may() throws Exception {
    for (Contract.Operation operation : Contract.operations()) {
      String path = operation.path().replaceAll("\\{\\w+}", UUID.randomUUID().toString());
      String body = operation.method().equals("GET") ? null : "{\"no\": \"such thing\"}";
      assertThat(send(operation.method(), path, null, body).statusCode())
          .as("%s without a token", operation)
          .isEqualTo(401);
      if (!operation.role().equals("viewer")) {
        assertThat(send(operation.method(), path, "look-only", body).statusCode())
            .as("%s by a viewer", operation)
            .isEqualTo(403);
      }
    }
  }

  @Test
  void who_asks_too_often_is_told_when_to_come_again() throws Exception {
    HttpResponse<String> last = send("GET", "/api/depots", "too-often", null);
    for (int i = 0; i < 6_000 && last.statusCode() == 200; i++) {
      last = send("GET", "/api/depots", "too-often", null);
    }
    assertThat(last.statusCode()).isEqualTo(429);
    assertThat(json(last).get("reason_code").asText()).isEqualTo("TOO_MANY_REQUESTS");
    assertThat(last.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
    assertThat(engineer("GET", "/api/depots", null).statusCode()).isEqualTo(200);
  }

  @Test
  void what_is_not_there_is_a_404_with_a_reason() throws Exception {
    UUID nobody = UUID.randomUUID();
    for (String path :
        new String[] {
          "/api/depot/" + nobody,
          "/api/microgrid/" + nobody + "/status",
          "/api/microgrid/" + nobody + "/events",
          site + "/cycles/" + nobody,
          site + "/cycles/latest/explain?node_id=" + nobody,
          "/api/nothing",
          "/console/../application.conf",
          "/lib/../busbar.schema.json",
        }) {
      HttpResponse<String> response = engineer("GET", path, null);
      assertThat(response.statusCode()).as("%s: %s", path, response.body()).isEqualTo(404);
      assertThat(json(response).get("reason_code").asText()).isNotBlank();
    }
  }

  @Test
  void what_does_not_follow_the_contract_is_a_400() throws Exception {
    for (String[] bad :
        new String[][] {
          {"GET", site + "/cycles?limit=0", null},
          {"GET", site + "/cycles?limit=many", null},
          {"GET", "/api/depot/not-a-uuid", null},
          {"POST", site + "/rebalance", "{"},
          {"POST", site + "/rebalance", "{\"correlation_id\": \"a\\u0000\"}"},
          {"POST", site + "/rebalance", "{\"correlation_id\": \"a\", \"correlation_id\": \"b\"}"},
          {"POST", site + "/topology", "{\"version\": 4294967297, \"mode\": \"PATCH\"}"},
          {"POST", site + "/rebalance", "{\"node\": 1}"},
          {"GET", site + "/cycles/latest/explain", null},
        }) {
      HttpResponse<String> response = engineer(bad[0], bad[1], bad[2]);
      assertThat(response.statusCode()).as("%s: %s", bad[1], response.body()).isEqualTo(400);
      assertThat(json(response).get("reason_code").asText()).isEqualTo("BAD_REQUEST");
    }
  }

  @Test
  void a_body_too_large_is_a_413_and_a_bad_site_a_422_with_its_line() throws Exception {
    String depot = "/api/depot/" + UUID.randomUUID();
    assertThat(engineer("PUT", depot, "x".repeat(300_000)).statusCode()).isEqualTo(413);
    HttpResponse<String> bad = engineer("PUT", depot, "{\"format\": \"busbar-site/1\",\n\"x\": 1}");
    assertThat(bad.statusCode()).as(bad.body()).isEqualTo(422);
    assertThat(json(bad).get("violated_rule").asText()).isEqualTo("SCHEMA");
    assertThat(json(bad).get("details").findValuesAsText("line")).contains("2");
  }

  @Test
  @Verifies("FR-009")
  void a_rebalance_is_done_once_per_correlation_id() throws Exception {
    String body = "{\"correlation_id\": \"" + UUID.randomUUID() + "\"}";
    JsonNode first = json(engineer("POST", site + "/rebalance", body)).get("result");
    JsonNode second = json(engineer("POST", site + "/rebalance", body)).get("result");
    assertThat(second.get("cycle_id")).isEqualTo(first.get("cycle_id"));
    assertThat(first.at("/audit/actor").asText()).isEqualTo("admin");
    assertThat(site).endsWith(first.get("microgrid_id").asText());
  }

  @Test
  void live_events_have_ids_and_go_on_where_they_were_cut_off() throws Exception {
    long first = firstEventId(null);
    assertThat(firstEventId(Long.toString(first))).isEqualTo(first + 1);
    assertThat(firstEventId("from another life")).isLessThanOrEqualTo(first);
  }

  /** Opens the stream and returns the id of the first event that comes. */
  private long firstEventId(String last) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(busbar.url(site + "/events")))
            .header("Authorization", "Bearer " + busbar.token());
    if (last != null) {
      request.header("Last-Event-ID", last);
    }
    var response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null && !line.startsWith("id: ")) {
        line = lines.readLine();
      }
      assertThat(line).as("an event came").isNotNull();
      return Long.parseLong(line.substring("id: ".length()));
    }
  }

  @Test
  void pages_are_hardened_and_libraries_come_from_here() throws Exception {
    HttpResponse<String> page = send("GET", "/", null, null);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse("")).contains("'self'");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(page.body()).contains("busbar-console").doesNotContain("https://");
    for (String path : new String[] {"/swagger-ui", "/openapi.yaml", "/console/app.js"}) {
      assertThat(send("GET", path, null, null).statusCode()).as(path).isEqualTo(200);
    }
  }

  private HttpResponse<String> engineer(String method, String path, String body)
      throws IOException, InterruptedException {
    return send(method, path, busbar.token(), body);
  }

  private HttpResponse<String> send(String method, String path, String token, String body)
      throws IOException, InterruptedException {
    return busbar.send(method, path, token, body);
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    return RecordJson.mapper().readTree(response.body());
  }
}
