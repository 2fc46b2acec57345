package io.busbar.bench;

import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Four reporters over MQTT with QoS 1; what is acknowledged is stored and in the projection. */
final class MqttLoad {

  private static final int REPORTERS = 4;
  private static final int INFLIGHT = 4_000;

  private final BusbarProcess busbar;
  private final Vertx vertx = Vertx.vertx();

  /** Statuses per second, and how long it took from publishing until the acknowledgement. */
  record Rate(double perSecond, double p99Millis) {}

  MqttLoad(BusbarProcess busbar) {
    this.busbar = busbar;
  }

  /** As many as go. */
  Rate full(int seconds) throws InterruptedException {
    return run(Double.POSITIVE_INFINITY, seconds);
  }

  /** So many a second, all reporters together. */
  Rate paced(double perSecond, int seconds) throws InterruptedException {
    return run(perSecond / REPORTERS, seconds);
  }

  private Rate run(double perSecondEach, int seconds) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(REPORTERS);
    List<Reporter> reporters = new ArrayList<>();
    for (int i = 0; i < REPORTERS; i++) {
      Reporter reporter = new Reporter(perSecondEach, seconds, done);
      reporters.add(reporter);
      vertx.runOnContext(go -> reporter.start());
    }
    if (!done.await(seconds + 30L, TimeUnit.SECONDS)) {
      throw new IllegalStateException("not everything was acknowledged in time");
    }
    double rate = reporters.stream().mapToDouble(Reporter::perSecond).sum();
    double[] millis =
        reporters.stream()
            .flatMapToDouble(r -> r.nanos.stream().mapToDouble(nanos -> nanos / 1e6))
            .toArray();
    return new Rate(rate, percentile99(millis));
  }

  private static double percentile99(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted.length == 0 ? 0 : sorted[sorted.length * 99 / 100];
  }

  /** One connection, kept full or at a pace. */
  private final class Reporter {
    private final List<Long> nanos = new ArrayList<>();
    private final long[] sentAt = new long[1 << 16];
    private final double perSecond;
    private final long seconds;
    private final CountDownLatch done;
    private MqttClient client;
    private long began;
    private long ended;
    private long sent;

    Reporter(double perSecond, long seconds, CountDownLatch done) {
      this.perSecond = perSecond;
      this.seconds = seconds;
      this.done = done;
    }

    void start() {
      client = MqttClient.create(vertx, new MqttClientOptions().setMaxInflightQueue(INFLIGHT + 10));
      client.publishCompletionHandler(this::acknowledged);
      client
          .connect(busbar.mqttPort, "127.0.0.1")
          .onSuccess(
              connected -> {
                began = System.nanoTime();
                vertx.setPeriodic(1, this::fill);
              });
    }

    private void fill(long timer) {
      long passed = System.nanoTime() - began;
      if (passed > seconds * 1_000_000_000L) {
        if (nanos.size() == sent) {
          vertx.cancelTimer(timer);
          ended = System.nanoTime();
          client.disconnect();
          done.countDown();
        }
        return;
      }
      double due = Math.min(perSecond * passed / 1e9, Double.MAX_VALUE);
      while (sent - nanos.size() < INFLIGHT && sent < due) {
        sent++;
        long at = System.nanoTime();
        String topic = "busbar/%s/control-points/%s/status".formatted(busbar.site, busbar.point);
        client
            .publish(
                topic,
                Buffer.buffer(HttpLoad.body(UUID.randomUUID().toString())),
                MqttQoS.AT_LEAST_ONCE,
                false,
                false)
            .onSuccess(id -> sentAt[id] = at);
      }
    }

    private void acknowledged(int id) {
      nanos.add(System.nanoTime() - sentAt[id]);
    }

    double perSecond() {
      return nanos.size() * 1e9 / (ended - began);
    }
  }
}
