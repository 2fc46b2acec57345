package io.busbar.capability;

import io.busbar.api.Health;
import io.busbar.api.PluginContext;
import io.busbar.capability.CapabilityConfig.Mqtt;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import io.vertx.mqtt.messages.MqttPublishMessage;
import io.vertx.mqtt.messages.MqttSubAckMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the messages of a broker. The broker keeps the session, so what is published while nobody
 * is connected comes afterwards; a message is acknowledged once what became of it is stored for
 * good. Whether somebody is connected stands, retained, under {@code PREFIX/status}.
 */
final class MqttClientDoor extends AbstractVerticle {

  private static final Logger LOG = LoggerFactory.getLogger(MqttClientDoor.class);
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final int CONNECT_SECONDS = 15;
  private static final int FAREWELL_SECONDS = 2;
  private static final int MOST_BYTES = 4 << 20;
  private static final int REFUSED = 0x80;
  private static final String HEALTH = "mqtt";

  private final PluginContext busbar;
  private final Mqtt config;
  private final MqttIntake intake;
  private MqttClient client;
  private Duration wait = FIRST;

  private Optional<Instant> since = Optional.empty();
  private boolean closed;

  MqttClientDoor(PluginContext busbar, Mqtt config, MqttIntake intake) {
    this.busbar = busbar;
    this.config = config;
    this.intake = intake;
  }

  @Override
  public void start() {
    connect();
  }

  private MqttClientOptions options() {
    MqttClientOptions options =
        new MqttClientOptions()
            .setClientId(config.clientId())
            .setCleanSession(false)
            .setMaxMessageSize(MOST_BYTES)
            .setWillFlag(true)
            .setWillTopic(config.topicPrefix() + "/status")
            .setWillMessageBytes(Buffer.buffer("offline"))
            .setWillQoS(1)
            .setWillRetain(true);
    options.setAutoAck(false);
    options.setConnectTimeout(CONNECT_SECONDS * 1000);
    if (!config.username().isEmpty()) {
      options.setUsername(config.username()).setPassword(config.password());
    }
    if (config.tls()) {
      options.setSsl(true).setHostnameVerificationAlgorithm("HTTPS");
      if (!config.certificateFile().isEmpty()) {
        options.setTrustOptions(new PemTrustOptions().addCertPath(config.certificateFile()));
      }
    }
    return options;
  }

  private void connect() {
    if (closed) {
      return;
    }
    MqttClient fresh = MqttClient.create(vertx, options());
    client = fresh;
    InOrder order = new InOrder();
    fresh
        .publishHandler(message -> take(fresh, message, order))
        .closeHandler(gone -> lost(fresh, new IllegalStateException("the connection is lost")))
        .exceptionHandler(e -> LOG.debug("broker: {}", e.getMessage()));
    fresh
        .connect(config.port(), config.host())
        .compose(connected -> subscribe(fresh))
        .compose(subscribed -> announce(fresh, "online"))
        .timeout(CONNECT_SECONDS, TimeUnit.SECONDS)
        .onSuccess(ready -> connected(fresh))
        .onFailure(cause -> lost(fresh, cause));
  }

  private Future<Void> subscribe(MqttClient of) {
    Promise<Void> granted = Promise.promise();
    of.subscribeCompletionHandler(answer -> judge(answer, granted));
    return of.subscribe(intake.messages().subscription(), 1).compose(sent -> granted.future());
  }

  private void judge(MqttSubAckMessage answer, Promise<Void> granted) {
    if (answer.grantedQoSLevels().stream().anyMatch(level -> level >= REFUSED)) {
      granted.tryFail("it refuses the subscription to " + intake.messages().subscription());
    } else {
      granted.tryComplete();
    }
  }

  private Future<Integer> announce(MqttClient of, String status) {
    return of.publish(
        config.topicPrefix() + "/status",
        Buffer.buffer(status),
        MqttQoS.AT_LEAST_ONCE,
        false,
        true);
  }

  private void connected(MqttClient of) {
    if (client == of) {
      since = Optional.of(busbar.clock().instant());
      LOG.info("MQTT: statuses are taken from the broker at {}:{}", config.host(), config.port());
      busbar.health().report(HEALTH, Health.Status.UP, "");
    }
  }

  /** Comes more than once for one connection; the first time counts. */
  private void lost(MqttClient of, Throwable cause) {
    if (client != of || closed) {
      return;
    }
    client = null;
    of.disconnect();
    Instant longAgo = busbar.clock().instant().minus(config.reconnectMost());
    if (since.filter(longAgo::isAfter).isPresent()) {
      wait = FIRST; // it was a good connection
    }
    since = Optional.empty();
    String message =
        "no statuses from the broker at %s:%d: %s; tried again in %d s"
            .formatted(config.host(), config.port(), cause.getMessage(), wait.toSeconds());
    LOG.warn("MQTT: {}", message);
    busbar.health().report(HEALTH, Health.Status.DEGRADED, message);
    busbar.scheduler().after(wait, () -> context.runOnContext(now -> connect()));
    wait = wait.multipliedBy(2);
    if (wait.compareTo(config.reconnectMost()) > 0) {
      wait = config.reconnectMost();
    }
  }

  /** Without an acknowledgement the broker sends it again on the next connection. */
  private void take(MqttClient of, MqttPublishMessage message, InOrder order) {
    Runnable stored = order.add(() -> acknowledge(of, message));
    intake
        .take(message.topicName(), message.payload(), "mqtt:" + config.clientId())
        .onSuccess(done -> context.runOnContext(now -> stored.run()))
        .onFailure(cause -> context.runOnContext(now -> lost(of, cause)));
  }

  private void acknowledge(MqttClient of, MqttPublishMessage message) {
    if (client == of && of.isConnected()) {
      message.ack();
    }
  }

  @Override
  public void stop(Promise<Void> stopped) {
    closed = true;
    MqttClient last = client;
    if (last == null || !last.isConnected()) {
      stopped.complete();
      return;
    }
    announce(last, "offline")
        .compose(said -> last.disconnect())
        .timeout(FAREWELL_SECONDS, TimeUnit.SECONDS)
        .otherwiseEmpty()
        .onComplete(stopped);
  }
}
