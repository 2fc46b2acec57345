package io.busbar.capability;

import io.busbar.api.Health;
import io.busbar.api.PluginContext;
import io.busbar.capability.CapabilityConfig.Mqtt;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import io.vertx.mqtt.messages.MqttPublishMessage;
import java.time.Duration;
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
  private static final int MOST_BYTES = 4 << 20;
  private static final String HEALTH = "mqtt";

  private final PluginContext busbar;
  private final Mqtt config;
  private final MqttIntake intake;
  private MqttClient client;
  private Duration wait = FIRST;
  private volatile boolean closed;

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
    client = MqttClient.create(vertx, options());
    client.publishHandler(this::take);
    client.exceptionHandler(e -> LOG.debug("broker: {}", e.getMessage()));
    client
        .connect(config.port(), config.host())
        .compose(connected -> client.subscribe(intake.messages().subscription(), 1))
        .compose(subscribed -> announce("online"))
        .onSuccess(ready -> connected())
        .onFailure(this::connectAgain);
  }

  private Future<Integer> announce(String status) {
    return client.publish(
        config.topicPrefix() + "/status",
        Buffer.buffer(status),
        MqttQoS.AT_LEAST_ONCE,
        false,
        true);
  }

  private void connected() {
    wait = FIRST;
    LOG.info("MQTT: statuses are taken from the broker at {}:{}", config.host(), config.port());
    busbar.health().report(HEALTH, Health.Status.UP, "");
    client.closeHandler(lost -> connectAgain(new IllegalStateException("the connection is lost")));
    if (!client.isConnected()) {
      connectAgain(new IllegalStateException("the connection is lost"));
    }
  }

  private void connectAgain(Throwable cause) {
    if (closed) {
      return;
    }
    client.closeHandler(lost -> {});
    client.disconnect();
    String message =
        "no connection to the broker at %s:%d: %s; tried again in %d s"
            .formatted(config.host(), config.port(), cause.getMessage(), wait.toSeconds());
    busbar.health().report(HEALTH, Health.Status.DEGRADED, message);
    busbar.scheduler().after(wait, () -> context.runOnContext(now -> connect()));
    wait = wait.multipliedBy(2);
    if (wait.compareTo(config.reconnectMost()) > 0) {
      wait = config.reconnectMost();
    }
  }

  /** Without an acknowledgement the broker sends it again on the next connection. */
  private void take(MqttPublishMessage message) {
    MqttClient of = client;
    intake
        .take(message.topicName(), message.payload(), "mqtt:" + config.clientId())
        .onSuccess(
            stored -> {
              if (of.isConnected()) {
                message.ack();
              }
            })
        .onFailure(
            e -> {
              LOG.warn("a status is not stored, so not acknowledged: {}", e.getMessage());
              of.disconnect();
            });
  }

  @Override
  public void stop() {
    closed = true;
    if (client.isConnected()) {
      announce("offline").onComplete(said -> client.disconnect());
    }
  }
}
