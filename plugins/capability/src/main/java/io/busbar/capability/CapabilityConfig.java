package io.busbar.capability;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;

/**
 * Settings of the plugin; {@code config.schema.json} describes them.
 *
 * @param futureTolerance how far in the future an observation may be
 * @param mqtt the MQTT door
 */
record CapabilityConfig(Duration futureTolerance, Mqtt mqtt) {

  /** Which MQTT door there is. */
  enum Mode {
    SERVER,
    CLIENT,
    OFF
  }

  /** Settings of the MQTT door. */
  record Mqtt(
      Mode mode,
      String host,
      int port,
      String username,
      String password,
      String topicPrefix,
      String clientId,
      boolean tls,
      String certificateFile,
      String keyFile,
      Duration reconnectMost) {

    @Override
    public String toString() {
      return "%s %s:%d, topics %s/…".formatted(mode, host, port, topicPrefix);
    }
  }

  static CapabilityConfig from(JsonObject json) {
    return new CapabilityConfig(
        seconds(json, "future_tolerance_seconds", 60),
        mqtt(json.getJsonObject("mqtt", new JsonObject())));
  }

  private static Mqtt mqtt(JsonObject json) {
    return new Mqtt(
        Mode.valueOf(json.getString("mode", "server").toUpperCase(Locale.ROOT)),
        json.getString("host", "127.0.0.1"),
        json.getInteger("port", 1883),
        json.getString("username", ""),
        json.getString("password", ""),
        json.getString("topic_prefix", "busbar"),
        json.getString("client_id", "busbar-capability"),
        json.getBoolean("tls", false),
        json.getString("certificate_file", ""),
        json.getString("key_file", ""),
        seconds(json, "reconnect_most_seconds", 30));
  }

  private static Duration seconds(JsonObject json, String key, double otherwise) {
    return Duration.ofMillis(Math.round(json.getDouble(key, otherwise) * 1000));
  }
}
