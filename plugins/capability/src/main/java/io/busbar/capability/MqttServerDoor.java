package io.busbar.capability;

import io.busbar.api.Health;
import io.busbar.api.PluginContext;
import io.busbar.capability.CapabilityConfig.Mqtt;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import io.vertx.mqtt.messages.MqttPublishMessage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port that reporters publish to. It takes messages and gives none: subscriptions are refused. A
 * message is acknowledged once what became of it is stored for good.
 *
 * <p>It has to run on an event loop: on a virtual thread the library may lose a connection's first
 * bytes.
 */
final class MqttServerDoor extends AbstractVerticle {

  private static final Logger LOG = LoggerFactory.getLogger(MqttServerDoor.class);
  private static final Duration AGAIN = Duration.ofSeconds(5);
  private static final int MOST_BYTES = 4 << 20;
  private static final String HEALTH = "mqtt";

  private final PluginContext busbar;
  private final Mqtt config;
  private final MqttIntake intake;
  private final Map<String, MqttEndpoint> connected = new HashMap<>();
  private MqttServer server;
  private volatile boolean closed;

  MqttServerDoor(PluginContext busbar, Mqtt config, MqttIntake intake) {
    this.busbar = busbar;
    this.config = config;
    this.intake = intake;
  }

  @Override
  public void start() {
    listen();
  }

  private void listen() {
    MqttServerOptions options =
        new MqttServerOptions()
            .setHost(config.host())
            .setPort(config.port())
            .setMaxMessageSize(MOST_BYTES);
    if (config.tls()) {
      options
          .setSsl(true)
          .setKeyCertOptions(
              new PemKeyCertOptions()
                  .addCertPath(config.certificateFile())
                  .addKeyPath(config.keyFile()));
    }
    server = MqttServer.create(vertx, options);
    server
        .endpointHandler(this::welcome)
        .exceptionHandler(e -> LOG.warn("a connection failed: {}", e.getMessage()))
        .listen()
        .onSuccess(listening -> listens())
        .onFailure(this::listenAgain);
  }

  private void listens() {
    LOG.info("MQTT: statuses are taken at {}:{}", config.host(), server.actualPort());
    busbar.health().report(HEALTH, Health.Status.UP, "");
  }

  /** The other doors stay open meanwhile. */
  private void listenAgain(Throwable cause) {
    String message =
        "cannot listen on %s:%d: %s; tried again every %d s, see mqtt.port"
            .formatted(config.host(), config.port(), cause.getMessage(), AGAIN.toSeconds());
    busbar.health().report(HEALTH, Health.Status.DEGRADED, message);
    if (!closed) {
      busbar.scheduler().after(AGAIN, () -> context.runOnContext(now -> listen()));
    }
  }

  private void welcome(MqttEndpoint endpoint) {
    if (!mayEnter(endpoint)) {
      endpoint.reject(MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD);
      return;
    }
    String actor = "mqtt:" + endpoint.clientIdentifier();
    InOrder order = new InOrder();
    MqttEndpoint before = connected.put(endpoint.clientIdentifier(), endpoint);
    if (before != null) {
      before.close(); // one connection for each name, the newest
    }
    endpoint
        .publishAutoAck(false)
        .publishHandler(message -> take(endpoint, message, actor, order))
        .publishReleaseHandler(endpoint::publishComplete)
        .subscribeHandler(
            asked ->
                endpoint.subscribeAcknowledge(
                    asked.messageId(),
                    asked.topicSubscriptions().stream().map(s -> MqttQoS.FAILURE).toList()))
        .exceptionHandler(e -> LOG.debug("{}: {}", actor, e.getMessage()))
        .closeHandler(gone -> connected.remove(endpoint.clientIdentifier(), endpoint))
        .accept(false);
  }

  private boolean mayEnter(MqttEndpoint endpoint) {
    if (config.username().isEmpty()) {
      return true;
    }
    return endpoint.auth() != null
        && same(config.username(), endpoint.auth().getUsername())
        && same(config.password(), endpoint.auth().getPassword());
  }

  /** Takes the same time for any wrong text. */
  private static boolean same(String expected, String given) {
    return given != null
        && MessageDigest.isEqual(
            expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  private void take(
      MqttEndpoint endpoint, MqttPublishMessage message, String actor, InOrder order) {
    Runnable stored = order.add(() -> acknowledge(endpoint, message));
    intake
        .take(message.topicName(), message.payload(), actor)
        .onSuccess(done -> context.runOnContext(now -> stored.run()))
        .onFailure(cause -> context.runOnContext(now -> close(endpoint, actor, cause)));
  }

  /** So that the reporter sends again what was not acknowledged. */
  private static void close(MqttEndpoint endpoint, String actor, Throwable cause) {
    if (endpoint.isConnected()) {
      LOG.warn("{}: not stored, so not acknowledged: {}", actor, cause.getMessage());
      endpoint.close();
    }
  }

  private static void acknowledge(MqttEndpoint endpoint, MqttPublishMessage message) {
    if (!endpoint.isConnected()) {
      return;
    }
    switch (message.qosLevel()) {
      case AT_LEAST_ONCE -> endpoint.publishAcknowledge(message.messageId());
      case EXACTLY_ONCE -> endpoint.publishReceived(message.messageId());
      default -> {
        // nobody waits
      }
    }
  }

  @Override
  public void stop() {
    closed = true;
    server.close();
  }
}
