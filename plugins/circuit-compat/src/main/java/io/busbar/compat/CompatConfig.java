package io.busbar.compat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Settings of the plugin; {@code config.schema.json} describes them.
 *
 * @param horizonDays how many days of schedules are submitted ahead
 * @param periodic jobs that ask for cycles of circuits
 */
record CompatConfig(int horizonDays, List<Job> periodic) {

  CompatConfig {
    periodic = List.copyOf(periodic);
  }

  /** Asks for a cycle of a circuit again and again. */
  record Job(UUID circuitId, Duration every) {}

  static CompatConfig from(JsonObject json) {
    return new CompatConfig(
        json.getInteger("horizon_days", 8),
        json.getJsonArray("periodic", new JsonArray()).stream()
            .map(JsonObject.class::cast)
            .map(
                job ->
                    new Job(
                        UUID.fromString(job.getString("circuit_id")),
                        Duration.ofSeconds(job.getInteger("every_seconds"))))
            .toList());
  }
}
