package io.busbar.envelope;

import io.busbar.api.envelope.GapPolicy;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * Settings of the plugin; {@code config.schema.json} describes them.
 *
 * @param defaults how sources are treated that ask for nothing else
 * @param history how long envelopes are kept after their end
 */
record EnvelopeConfig(Defaults defaults, Duration history) {

  static EnvelopeConfig from(JsonObject json) {
    return new EnvelopeConfig(
        new Defaults(
            Duration.ofMillis(Math.round(json.getDouble("stale_after_seconds", 300.0) * 1000)),
            GapPolicy.valueOf(json.getString("gap_policy", "CIRCUIT_DEFAULT"))),
        Duration.ofDays(json.getInteger("history_days", 400)));
  }
}
