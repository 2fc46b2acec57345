package io.busbar.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** Every operation on sessions and on how a site is balanced, with every answer. */
final class SessionCalls {

  private final RunningBusbar busbar;
  private final String site;

  SessionCalls(RunningBusbar busbar, String site) {
    this.busbar = busbar;
    this.site = site;
  }

  /** A vehicle that a device announced gets other needs; they are shown, replaced and refused. */
  void needsAreGivenAndTakenBack() throws Exception {
    JsonNode session = send(200, "GET", "/sessions?active=true&limit=1", null).at("/sessions/0");
    String path = "/sessions/" + session.get("session_id").asText();

    JsonNode given = send(200, "POST", path, "{\"priority\": 7, \"weight\": 2}").get("result");
    assertThat(given.get("priority").asInt()).isEqualTo(7);
    assertThat(given.get("energy_needed_watt_hours"))
        .isEqualTo(session.get("energy_needed_watt_hours"));
    assertThat(send(200, "GET", path, null).get("given")).isEqualTo(given.get("given"));
    JsonNode back = send(200, "POST", path, "{}").get("result");
    assertThat(back.get("priority")).isEqualTo(session.get("priority"));

    assertThat(rule(path, "{\"weight\": 0}")).isEqualTo("BAD_WEIGHT");
    assertThat(rule(path, "{\"energy_needed_watt_hours\": -1}")).isEqualTo("ENERGY_OUT_OF_RANGE");
    send(400, "POST", path, "{\"departure\": \"soon\"}");
    send(404, "POST", "/sessions/" + UUID.randomUUID(), "{}");
    send(404, "GET", "/sessions/" + UUID.randomUUID(), null);
  }

  /** A session is begun at a free connector, once, and ended. */
  void oneIsBegunAndEnded(String nowhere) throws Exception {
    String freeConnector = freeConnector();
    String id = UUID.randomUUID().toString();
    String body = "{\"session_id\": \"%s\", \"node_id\": \"%s\"}".formatted(id, freeConnector);
    JsonNode begun = send(200, "POST", "/sessions", body).get("result");
    assertThat(begun.get("begun_by").asText()).isEqualTo("API");
    assertThat(send(200, "POST", "/sessions", body).get("result")).isEqualTo(begun);
    assertThat(rule("/sessions", "{\"node_id\": \"%s\"}".formatted(freeConnector)))
        .isEqualTo("CONNECTOR_OCCUPIED");
    assertThat(rule("/sessions", "{\"node_id\": \"%s\"}".formatted(UUID.randomUUID())))
        .isEqualTo("UNKNOWN_NODE");

    String end = "/sessions/" + id + "/end";
    assertThat(rule(end, "{\"unplugged_at\": \"2020-01-01T00:00:00Z\"}"))
        .isEqualTo("UNPLUGGED_OUT_OF_RANGE");
    JsonNode ended = send(200, "POST", end, "{}").get("result");
    assertThat(ended.get("unplugged_at").isTextual()).isTrue();
    assertThat(send(200, "POST", end, null).get("result")).isEqualTo(ended);
    assertThat(rule("/sessions/" + id, "{\"priority\": 1}")).isEqualTo("SESSION_ENDED");
    JsonNode listed =
        send(200, "GET", "/sessions?active=false&node_id=" + freeConnector, null).get("sessions");
    assertThat(listed.get(0)).isEqualTo(ended);
    send(404, "POST", "/sessions/" + UUID.randomUUID() + "/end", null);
    answer(404, "GET", nowhere + "/sessions", null);
    answer(404, "POST", nowhere + "/sessions", body);
  }

  /** Another strategy is chosen, shown and taken back. */
  void aStrategyIsChosenAndTakenBack(String nowhere) throws Exception {
    JsonNode before = send(200, "GET", "/balancing", null);
    JsonNode chosen =
        send(
                200,
                "POST",
                "/balancing",
                "{\"strategy\": \"EARLIEST_DEADLINE\", \"granularity\": \"CHARGE_POINT\"}")
            .get("result");
    assertThat(chosen.get("strategy").asText()).isEqualTo("EARLIEST_DEADLINE");
    assertThat(chosen.get("granularity").asText()).isEqualTo("CHARGE_POINT");
    assertThat(chosen.get("configured_strategy")).isEqualTo(before.get("configured_strategy"));
    assertThat(send(200, "GET", "/status", null).get("settings")).isEqualTo(chosen);
    JsonNode back = send(200, "POST", "/balancing", "{\"strategy\": null}").get("result");
    assertThat(back.get("strategy")).isEqualTo(before.get("configured_strategy"));
    send(400, "POST", "/balancing", "{\"strategy\": \"LUCK\"}");
    answer(404, "GET", nowhere + "/balancing", null);
    answer(404, "POST", nowhere + "/balancing", "{}");
  }

  private String freeConnector() throws Exception {
    Set<String> taken =
        new HashSet<>(
            send(200, "GET", "/status", null).get("sessions").findValuesAsText("node_id"));
    for (JsonNode entry : send(200, "GET", "/topology", null).get("nodes")) {
      String id = entry.at("/node/node_id").asText();
      if (entry.at("/node/node_type").asText().equals("CONNECTOR") && !taken.contains(id)) {
        return id;
      }
    }
    throw new AssertionError("every connector is taken");
  }

  private String rule(String path, String body) throws Exception {
    return send(422, "POST", path, body).get("violated_rule").asText();
  }

  private JsonNode send(int status, String method, String path, String body) throws Exception {
    return answer(status, method, site + path, body);
  }

  private JsonNode answer(int status, String method, String path, String body) throws Exception {
    return busbar.answer(status, method, path, body);
  }
}
