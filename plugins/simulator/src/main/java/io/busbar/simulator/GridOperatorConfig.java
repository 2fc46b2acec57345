package io.busbar.simulator;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * Settings of the grid operator that is played; see {@code config.schema.json}.
 *
 * @param port where it listens on 127.0.0.1
 * @param providerUrl base URL of the flexibility provider
 * @param token what it shows at its first register
 * @param groupId what it steers
 * @param highWatts what it allows most of the time
 * @param lowWatts what it allows in every third quarter of an hour, and while nobody hears it
 */
record GridOperatorConfig(
    int port, String providerUrl, String token, String groupId, int highWatts, int lowWatts) {

  /** Empty where none is to be played. */
  static Optional<GridOperatorConfig> from(JsonObject settings) {
    return Optional.ofNullable(settings.getJsonObject("grid_operator"))
        .map(
            json ->
                new GridOperatorConfig(
                    json.getInteger("port"),
                    json.getString("provider_url"),
                    json.getString("token"),
                    json.getString("group_id"),
                    json.getInteger("high_watts"),
                    json.getInteger("low_watts")));
  }
}
