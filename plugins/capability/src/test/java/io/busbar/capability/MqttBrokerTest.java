package io.busbar.capability;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.DatabaseAccess;
import io.busbar.api.Health;
import io.busbar.testkit.Certificate;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.LeapClock;
import io.busbar.testkit.PluginHarness;
import io.busbar.testkit.TestDatabase;
import io.busbar.testkit.Verifies;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin as client of a real broker, when something is in the way. */
class MqttBrokerTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final DatabaseAccess access = TestDatabase.fresh("capability");
  private final List<PluginHarness> harnesses = new ArrayList<>();
  private FakeContext context;
  private Depot depot;

  @AfterEach
  void stop() {
    harnesses.forEach(PluginHarness::close);
    vertx.close().await();
  }

  private void start(JsonObject mqtt) {
    context = FakeContext.of("capability", new JsonObject().put("mqtt", mqtt), folder).with(access);
    depot = new Depot(context);
    harnesses.add(PluginHarness.start(new CapabilityPlugin(), context));
  }

  private static JsonObject client(int port) {
    return new JsonObject().put("mode", "client").put("port", port);
  }

  private void await(Health.Status status) {
    Awaitility.await().atMost(SOON).until(() -> health(status));
  }

  private boolean health(Health.Status status) {
    context.clock().leapSeconds(1);
    var mqtt = context.health().reports().get("mqtt");
    return mqtt != null && mqtt.status() == status;
  }

  private static Buffer report(String ref) {
    return Buffer.buffer(
        "{\"operational_status\": \"on\", \"observed_at\": \"%s\", \"source_event_ref\": \"%s\"}"
            .formatted(LeapClock.START, ref));
  }

  @Test
  @Verifies("FR-021")
  void anEncryptedConnectionWithAPasswordIsMadeOnlyToWhomTheAuthorityVouchesFor() throws Exception {
    Certificate certificate = Certificate.make(folder, "broker");
    Certificate other = Certificate.make(folder, "other");
    try (Mosquitto broker = Mosquitto.startSecured(folder, certificate, "busbar", "secret")) {
      JsonObject mqtt =
          client(broker.port).put("tls", true).put("username", "busbar").put("password", "secret");
      start(mqtt.copy().put("certificate_file", other.chain().toString()));
      await(Health.Status.DEGRADED);
      start(
          mqtt.copy().put("certificate_file", certificate.chain().toString()).put("password", "x"));
      await(Health.Status.DEGRADED);
      start(mqtt.put("certificate_file", certificate.chain().toString()));
      await(Health.Status.UP);

      Mosquitto.publish(
          secured(broker.port, certificate), MalformedMessages.TOPIC, report("encrypted"));
      Awaitility.await().atMost(SOON).until(() -> depot.events(Depot.DER).size() == 1);
    }
  }

  @Test
  void theServerDoorIsEncryptedWhereItIsToldTo() throws Exception {
    Certificate certificate = Certificate.make(folder, "door");
    int port = Mosquitto.freePort();
    start(
        new JsonObject()
            .put("port", port)
            .put("tls", true)
            .put("username", "busbar")
            .put("password", "secret")
            .put("certificate_file", certificate.chain().toString())
            .put("key_file", certificate.key().toString()));
    await(Health.Status.UP);

    Mosquitto.publish(secured(port, certificate), MalformedMessages.TOPIC, report("encrypted"));

    Awaitility.await().atMost(SOON).until(() -> depot.events(Depot.DER).size() == 1);
  }

  private MqttClient secured(int port, Certificate certificate) {
    MqttClientOptions options =
        new MqttClientOptions().setUsername("busbar").setPassword("secret").setSsl(true);
    options
        .setHostnameVerificationAlgorithm("HTTPS")
        .setTrustOptions(new PemTrustOptions().addCertPath(certificate.chain().toString()));
    MqttClient reporter = MqttClient.create(vertx, options);
    Depot.get(reporter.connect(port, "127.0.0.1"));
    return reporter;
  }

  @Test
  void othersSeeWhetherItIsThereAlsoWhenTheWireIsCut() throws Exception {
    try (Mosquitto broker = Mosquitto.start(folder)) {
      Wire wire = new Wire(vertx, broker.port);
      List<String> seen = watch(broker.port);
      start(client(wire.port()));
      await(Health.Status.UP);
      Awaitility.await().atMost(SOON).until(() -> seen.equals(List.of("online")));

      wire.cut();
      Awaitility.await().atMost(SOON).until(() -> seen.equals(List.of("online", "offline")));
      await(Health.Status.UP);
      Awaitility.await().atMost(SOON).until(() -> seen.size() == 3);
      harnesses.removeFirst().close();

      Awaitility.await()
          .atMost(SOON)
          .until(() -> seen.equals(List.of("online", "offline", "online", "offline")));
      List<String> late = watch(broker.port);
      Awaitility.await().atMost(SOON).until(() -> late.equals(List.of("offline")));
    }
  }

  private List<String> watch(int port) {
    List<String> seen = new CopyOnWriteArrayList<>();
    MqttClient watcher = MqttClient.create(vertx);
    watcher.publishHandler(message -> seen.add(message.payload().toString()));
    Depot.get(watcher.connect(port, "127.0.0.1"));
    Depot.get(watcher.subscribe("busbar/status", 1));
    return seen;
  }

  @Test
  @Verifies({"NFR-009", "OP-03"})
  void whatCannotBeStoredNowComesAgainAndIsOneEvent() throws Exception {
    try (Mosquitto broker = Mosquitto.start(folder)) {
      start(client(broker.port));
      await(Health.Status.UP);
      TestDatabase.execute(access, "alter table status_event rename to gone");
      MqttClient reporter = Mosquitto.reporter(vertx, broker.port, null, null);
      for (int i = 0; i < 100; i++) {
        Mosquitto.publish(reporter, MalformedMessages.TOPIC, report("r" + i));
      }
      await(Health.Status.DEGRADED);

      TestDatabase.execute(access, "alter table gone rename to status_event");

      Awaitility.await()
          .atMost(SOON)
          .until(() -> health(Health.Status.UP) && depot.events(Depot.DER).size() == 100);
      assertThat(depot.events(Depot.DER))
          .extracting(event -> event.sourceEventRef().orElseThrow())
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, 100).mapToObj(i -> "r" + i).toList());
      assertThat(TestDatabase.value(access, "select count(*) from dead_letter")).isEqualTo("0");
    }
  }

  @Test
  void aBrokerThatRefusesTheSubscriptionIsNamed() throws Exception {
    int port = Mosquitto.freePort();
    start(new JsonObject().put("port", port)); // a server door gives no messages to anybody
    await(Health.Status.UP);

    start(client(port));

    await(Health.Status.DEGRADED);
    assertThat(context.health().reports().get("mqtt").message())
        .contains("refuses the subscription");
  }
}
