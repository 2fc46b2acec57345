package io.busbar.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.testkit.Verifies;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of the process and of its PostgreSQL while statuses come by HTTP and MQTT. Five
 * times; {@code -Dbusbar.kills=50} makes it fifty.
 */
class StatusCrashTest {

  private static final int KILLS = Integer.getInteger("busbar.kills", 5);

  @TempDir Path data;

  /** References of statuses that were answered 2xx or acknowledged. */
  private final Set<String> accepted = ConcurrentHashMap.newKeySet();

  private final AtomicInteger sent = new AtomicInteger();
  private final Vertx vertx = Vertx.vertx();
  private int mqttPort;
  private String site;
  private String point;

  @Test
  @Verifies({"OP-03", "NFR-009"})
  void what_was_acknowledged_is_there_exactly_once() throws Exception {
    long seed = Long.getLong("busbar.seed", System.nanoTime());
    System.out.println("StatusCrashTest seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    mqttPort = RunningBusbar.freePort();
    RunningBusbar busbar = start();
    for (int kill = 0; kill < KILLS; kill++) {
      try {
        busbar = kill(busbar, random);
      } catch (Throwable e) {
        busbar.kill();
        throw new AssertionError("kill " + kill + ", seed " + seed + "\n" + busbar.output(), e);
      }
    }
    List<String> stored = references(busbar);
    busbar.close();
    vertx.close();
    System.out.printf(
        "%d sent, %d acknowledged, %d stored%n", sent.get(), accepted.size(), stored.size());
    assertThat(accepted).hasSizeGreaterThan(KILLS);
    assertThat(stored).doesNotHaveDuplicates().containsAll(accepted);
  }

  /** One kill under load; what runs afterwards. */
  private RunningBusbar kill(RunningBusbar busbar, SplittableRandom random) throws Exception {
    Load load = new Load(busbar);
    boolean whole = busbar.killEither(random, 50, 1_000);
    load.end();
    if (whole) {
      return start();
    }
    awaitDatabase(busbar);
    return busbar;
  }

  private RunningBusbar start() throws Exception {
    RunningBusbar busbar = RunningBusbar.demo(data, "--set", "capability.mqtt.port=" + mqttPort);
    if (point == null) {
      site = busbar.get("/api/depots").at("/sites/0/microgrid_id").asText();
      String draft =
          "{\"capability_type\": \"DER\", \"state\": \"enabled\", \"control_source\": \"EXTERNAL\","
              + " \"external_config_type\": \"TEST\"}";
      var made = busbar.send("POST", "/api/microgrid/" + site + "/control-points", draft);
      point = made.body().replaceFirst("(?s).*\"control_point_id\":\"([^\"]+)\".*", "$1");
    }
    return busbar;
  }

  private void awaitDatabase(RunningBusbar busbar) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions()
        .until(() -> report(busbar, "back-" + sent.get()));
  }

  private boolean report(RunningBusbar busbar, String reference) throws Exception {
    String path = "/api/microgrid/" + site + "/control-points/" + point + "/status-events";
    boolean stored = busbar.send("POST", path, body(reference)).statusCode() == 200;
    if (stored) {
      accepted.add(reference);
    }
    return stored;
  }

  private static String body(String reference) {
    return "{\"operational_status\": \"on\", \"observed_at\": \"2026-03-02T10:00:00Z\","
        + " \"source_event_ref\": \""
        + reference
        + "\"}";
  }

  private List<String> references(RunningBusbar busbar) throws Exception {
    String path =
        "/api/microgrid/" + site + "/control-points/" + point + "/status-events?limit=500";
    List<String> all = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      JsonNode page = busbar.get(path + cursor);
      page.get("events").forEach(event -> all.add(event.get("source_event_ref").asText()));
      JsonNode next = page.get("next_cursor");
      cursor = next.isNull() ? null : "&cursor=" + next.asText();
    }
    return all;
  }

  /** Reporters of both kinds, until they are told to end or nobody answers. */
  private final class Load {
    private final RunningBusbar busbar;
    private final Thread byHttp;
    private final MqttClient byMqtt;
    private final Map<Integer, String> waiting = new ConcurrentHashMap<>();
    private final long publisher;
    private volatile boolean ended;

    Load(RunningBusbar busbar) {
      this.busbar = busbar;
      byMqtt = connected();
      byHttp = Thread.startVirtualThread(this::report);
      byMqtt.publishCompletionHandler(
          id -> {
            String reference = waiting.remove(id);
            if (reference != null) {
              accepted.add(reference);
            }
          });
      publisher = vertx.setPeriodic(2, tick -> publish());
    }

    private MqttClient connected() {
      return Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .pollInterval(Duration.ofMillis(50))
          .ignoreExceptions()
          .until(
              () -> {
                var options = new MqttClientOptions().setMaxInflightQueue(1_000);
                MqttClient client = MqttClient.create(vertx, options);
                client.connect(mqttPort, "127.0.0.1").await();
                return client;
              },
              MqttClient::isConnected);
    }

    private void report() {
      try {
        while (!ended) {
          StatusCrashTest.this.report(busbar, "http-" + sent.incrementAndGet());
        }
      } catch (Exception e) {
        // nobody answers any more
      }
    }

    private void publish() {
      if (!ended && byMqtt.isConnected()) {
        String reference = "mqtt-" + sent.incrementAndGet();
        String topic = "busbar/" + site + "/control-points/" + point + "/status";
        byMqtt
            .publish(topic, Buffer.buffer(body(reference)), MqttQoS.AT_LEAST_ONCE, false, false)
            .onSuccess(id -> waiting.put(id, reference));
      }
    }

    void end() throws InterruptedException {
      ended = true;
      vertx.cancelTimer(publisher);
      byHttp.join(Duration.ofSeconds(30));
      byMqtt.disconnect();
    }
  }
}
