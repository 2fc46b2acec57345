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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both MQTT doors against real peers: a reporter, and a broker between. */
class MqttDoorsTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration OUTAGE = Duration.ofSeconds(30);

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
      List<String> published = publishFor(OUTAGE, broker.port);

      start(mqtt);
      awaitUp();

      Awaitility.await()
          .atMost(SOON)
          .until(() -> depot.events(Depot.DER).size() >= published.size());
      assertThat(depot.events(Depot.DER))
          .extracting(event -> event.sourceEventRef().orElseThrow())
          .containsExactlyInAnyOrderElementsOf(published);
    }
  }

  /** Publishes statuses with QoS 1, every third of them twice, and returns their references. */
  private List<String> publishFor(Duration time, int port) {
    MqttClient reporter = Mosquitto.reporter(vertx, port, null, null);
    List<String> published = new ArrayList<>();
    long end = System.nanoTime() + time.toNanos();
    Awaitility.await()
        .atMost(time.plus(SOON))
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              String ref = "r" + published.size();
              published.add(ref);
              Mosquitto.publish(reporter, MalformedMessages.TOPIC, message(ref));
              if (published.size() % 3 == 0) {
                Mosquitto.publish(reporter, MalformedMessages.TOPIC, message(ref));
              }
              return System.nanoTime() > end;
            });
    return published;
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

    badMessagesAreBuried(port, MalformedMessages.all());
  }

  @Test
  @Verifies("FR-021")
  void badMessagesOfABrokerAreBuriedWithTheirReasonAndNeverStopTheFlow() throws Exception {
    try (Mosquitto broker = Mosquitto.start(folder)) {
      start(new JsonObject().put("mode", "client").put("port", broker.port));
      awaitUp();

      badMessagesAreBuried(broker.port, MalformedMessages.delivered());
    }
  }

  private void badMessagesAreBuried(int port, List<MalformedMessages.Bad> all) throws Exception {
    assertThat(all).hasSizeGreaterThanOrEqualTo(100);
    MqttClient reporter = Mosquitto.reporter(vertx, port, null, null);
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
    assertThat(context.metrics().count("dead_letters")).isEqualTo(all.size());
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
