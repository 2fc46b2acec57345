package io.busbar.topology;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Settings of this plugin; {@code config.schema.json} describes them.
 *
 * @param sites site files to import at start, relative to the config folder
 */
record TopologyConfig(List<String> sites) {

  TopologyConfig {
    sites = List.copyOf(sites);
  }

  static TopologyConfig from(JsonObject config) {
    return new TopologyConfig(
        config.getJsonArray("sites", JsonArray.of()).stream().map(String.class::cast).toList());
  }
}
