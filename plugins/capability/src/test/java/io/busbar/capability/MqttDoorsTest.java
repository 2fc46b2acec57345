package io.busbar.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busbar.api.DatabaseAccess;
import io.busbar.api.Health;
import io.busbar.api.capability.StatusEvent;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.LeapClock;
import io.busbar.testkit.PluginHarness;
import io.busbar.testkit.TestDatabase;
import io.busbar.testkit.Verifies;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.mqtt.MqttClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both MQTT doors against real peers: a reporter, and a broker between. */
class MqttDoorsTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final DatabaseAccess access = TestDatabase.fresh("capability");
  private FakeContext context;
  private Depot depot;
  private PluginHarness harness;

  @AfterEach
  void stop() {
    harness.close();
    vertx.close().await();
  }

  private void start(JsonObject mqtt) {
    context = FakeContext.of("capability", new JsonObject().put("mqtt", mqtt), folder).with(access);
    depot = new Depot(context);
    harness = PluginHarness.start(new CapabilityPlugin(), context);
  }

  private void awaitUp() {
    Awaitility.await()
        .atMost(SOON)
        .until(
            () -> {
              context.clock().leapSeconds(1);
              var mqtt = context.health().reports().get("mqtt");
              return mqtt != null && mqtt.status() == Health.Status.UP;
            });
  }

  @Test
  @Verifies({"FR-021", "NFR-009"})
  void whatIsPublishedWhileNobodyListensComesAfterwardsEachOnce() throws Exception {
    try (Mosquitto broker = Mosquitto.start(folder)) {
      JsonObject mqtt = new JsonObject().put("mode", "client").put("port", broker.port);
      start(mqtt);
      awaitUp();
      harness.close();
      MqttClient reporter = Mosquitto.reporter(vertx, broker.port, null, null);
      for (int i = 0; i < 300; i++) {
        Mosquitto.publish(reporter, MalformedMessages.TOPIC, message("r" + i % 200));
      }

      start(mqtt);
      awaitUp();

      Awaitility.await().atMost(SOON).until(() -> depot.events(Depot.DER).size() >= 200);
      assertThat(depot.events(Depot.DER))
          .extracting(event -> event.sourceEventRef().orElseThrow())
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, 200).mapToObj(i -> "r" + i).toList());
    }
  }

  @Test
  void aBrokerThatGoesAwayIsNamedAndConnectedToAgain() throws Exception {
    try (Mosquitto broker = Mosquitto.start(folder)) {
      start(new JsonObject().put("mode", "client").put("port", broker.port));
      awaitUp();
      broker.stop();
      Awaitility.await()
          .atMost(SOON)
          .until(() -> context.health().reports().get("mqtt").status() == Health.Status.DEGRADED);

      broker.start();
      awaitUp();
      MqttClient reporter = Mosquitto.reporter(vertx, broker.port, null, null);
      Mosquitto.publish(reporter, MalformedMessages.TOPIC, message("after"));

      Awaitility.await().atMost(SOON).until(() -> depot.events(Depot.DER).size() == 1);
    }
  }

  @Test
  @Verifies("FR-021")
  void badMessagesAreBuriedWithTheirReasonAndNeverStopTheFlow() throws Exception {
    int port = Mosquitto.freePort();
    start(new JsonObject().put("port", port));
    awaitUp();
    MqttClient reporter = Mosquitto.reporter(vertx, port, null, null);
    List<MalformedMessages.Bad> all = MalformedMessages.all();
    for (int i = 0; i < all.size(); i++) {
      Mosquitto.publish(reporter, all.get(i).topic(), all.get(i).payload());
      Mosquitto.publish(reporter, MalformedMessages.TOPIC, message("good" + i));
    }

    Awaitility.await().atMost(SOON).until(() -> depot.events(Depot.DER).size() == all.size());
    Awaitility.await().atMost(SOON).until(() -> buried().equals(reasons(all)));
    assertThat(depot.events(Depot.DER))
        .extracting(StatusEvent::operationalStatus)
        .containsOnly("on");
    assertThat(TestDatabase.value(access, "select max(payload_bytes) from dead_letter"))
        .isEqualTo("1048576");
  }

  private static Map<String, Long> reasons(List<MalformedMessages.Bad> all) {
    return all.stream()
        .collect(Collectors.groupingBy(MalformedMessages.Bad::reason, Collectors.counting()));
  }

  private Map<String, Long> buried() {
    String rows =
        TestDatabase.value(
            access,
            "select string_agg(reason || ' ' || n, ',') from"
                + " (select reason, count(*) n from dead_letter group by reason) r");
    return rows == null || rows.isEmpty()
        ? Map.of()
        : List.of(rows.split(",")).stream()
            .map(row -> row.split(" "))
            .collect(Collectors.toMap(row -> row[0], row -> Long.valueOf(row[1])));
  }

  @Test
  void whoHasNotThePasswordStaysOutside() throws Exception {
    int port = Mosquitto.freePort();
    start(new JsonObject().put("port", port).put("username", "u").put("password", "p"));
    awaitUp();

    assertThatThrownBy(() -> Mosquitto.reporter(vertx, port, "u", "wrong"))
        .hasStackTraceContaining("BAD_USER_NAME_OR_PASSWORD");
    assertThatThrownBy(() -> Mosquitto.reporter(vertx, port, null, null))
        .hasStackTraceContaining("BAD_USER_NAME_OR_PASSWORD");
    Mosquitto.publish(
        Mosquitto.reporter(vertx, port, "u", "p"), MalformedMessages.TOPIC, message("in"));
    Awaitility.await().atMost(SOON).until(() -> depot.events(Depot.DER).size() == 1);
  }

  private static Buffer message(String ref) {
    return Buffer.buffer(
        MalformedMessages.GOOD
            .replace("\"r1\"", "\"" + ref + "\"")
            .replace("2026-03-02T10:00:00Z", LeapClock.START.toString()));
  }
}
