package io.busbar.simulator.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.busbar.wire.RecordJson;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A site tree of the data folder ({@code grid-site/1}) as a site document of ours. A node without a
 * limit gets the sum of what hangs below it; stations pause when set-points stop.
 */
final class GridSite {

  private static final Map<String, String> PHASES =
      Map.of(
          "A", "L1", "B", "L2", "C", "L3", "AB", "L1L2", "BC", "L2L3", "CA", "L3L1", "ABC",
          "L1L2L3");

  private static final int WATCHDOG_SECONDS = 60;

  private final Map<String, JsonNode> nodes = new LinkedHashMap<>();
  private final Map<String, Double> below = new HashMap<>();
  private final Map<String, ArrayNode> conductors = new HashMap<>();
  private final ObjectNode site = RecordJson.mapper().createObjectNode();
  private final OptionalDouble rootPercent;

  private GridSite(JsonNode grid, OptionalDouble rootPercent) {
    this.rootPercent = rootPercent;
    grid.get("nodes").forEach(node -> nodes.put(node.get("id").textValue(), node));
    nodes.values().stream()
        .filter(node -> is(node, "CONNECTOR"))
        .forEach(
            node -> {
              for (JsonNode at = node; at != null; at = nodes.get(at.path("parent").asText())) {
                below.merge(
                    at.get("id").textValue(), node.get("limit_watts").doubleValue(), Double::sum);
              }
            });
    grid.path("phase_constraints").forEach(this::conductor);
    site.put("format", "busbar-site/1");
    site.putObject("depot")
        .put("id", grid.get("id").textValue())
        .put("name", grid.get("name").textValue())
        .put("time_zone", "UTC");
    addCircuits(site.putArray("circuits"));
    addChargePoints(site.putArray("charge_points"));
  }

  /**
   * Converts.
   *
   * @param json text of the file
   * @param rootPercent limit on the root, in percent of the sum of connector limits
   */
  static String convert(String json, OptionalDouble rootPercent) {
    try {
      return RecordJson.encode(new GridSite(RecordJson.mapper().readTree(json), rootPercent).site);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException("not a grid-site/1: " + e.getOriginalMessage(), e);
    }
  }

  private void conductor(JsonNode constraint) {
    ObjectNode carries = RecordJson.mapper().createObjectNode();
    constraint
        .path("pair_coefficients")
        .properties()
        .forEach(pair -> carries.set(PHASES.get(pair.getKey()), pair.getValue()));
    conductors
        .computeIfAbsent(
            constraint.get("node").textValue(), node -> RecordJson.mapper().createArrayNode())
        .addObject()
        .put("name", constraint.get("name").textValue())
        .put("max_amps", constraint.get("limit_amps").doubleValue())
        .set("carries", carries);
  }

  private void addCircuits(ArrayNode circuits) {
    for (JsonNode node : nodes.values()) {
      if (!is(node, "GRID_CONNECTION") && !is(node, "CIRCUIT")) {
        continue;
      }
      String id = node.get("id").textValue();
      double sum = below.getOrDefault(id, 0.0);
      double limit = node.get("limit_watts").isNull() ? sum : node.get("limit_watts").doubleValue();
      ObjectNode circuit = circuits.addObject().put("id", id);
      if (is(node, "CIRCUIT")) {
        circuit.put("parent", node.get("parent").textValue());
      } else if (rootPercent.isPresent()) {
        limit = Math.min(limit, sum * rootPercent.getAsDouble() / 100);
      }
      circuit.put("default_capacity_watts", (long) limit);
      if (conductors.containsKey(id)) {
        circuit.set("conductors", conductors.get(id));
      }
    }
  }

  private void addChargePoints(ArrayNode points) {
    for (JsonNode node : nodes.values()) {
      if (!is(node, "CONNECTOR")) {
        continue;
      }
      JsonNode point = nodes.get(node.get("parent").textValue());
      double volts = node.get("voltage_v").doubleValue();
      ObjectNode added = points.addObject();
      added.put("circuit", point.get("parent").textValue());
      added.putArray("ids").add(point.get("id").textValue());
      added.put("max_watts", point.get("limit_watts").longValue());
      added
          .putArray("connectors")
          .addObject()
          .put("volts", (int) volts)
          .put("phases", PHASES.get(node.get("phases").textValue()))
          .put("min_amps", node.get("min_watts").doubleValue() / volts)
          .put("max_amps", node.get("max_current_a").doubleValue())
          .put("step_amps", node.path("step_watts").asDouble() / volts)
          .put("fail_safe_amps", 0)
          .put("watchdog_seconds", WATCHDOG_SECONDS);
    }
  }

  private static boolean is(JsonNode node, String type) {
    return type.equals(node.get("type").textValue());
  }
}
