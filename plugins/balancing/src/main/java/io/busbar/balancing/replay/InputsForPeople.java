package io.busbar.balancing.replay;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.busbar.api.topology.Meter;
import io.busbar.balancing.decide.ConnectorRating;
import io.busbar.balancing.decide.SiteTree;
import io.busbar.wire.RecordJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Inputs of a cycle with names: the settings with every threshold, the limits that were in force,
 * and of each connector, meter and power source what was known. What a snapshot gains shows up by
 * itself.
 */
final class InputsForPeople {

  private static final ObjectMapper JSON = RecordJson.mapper();
  private static final TypeReference<LinkedHashMap<String, Object>> MAP = new TypeReference<>() {};

  private InputsForPeople() {}

  static Map<String, Object> of(Thawed inputs) {
    SiteTree tree = inputs.tree();
    ObjectNode json = JSON.valueToTree(inputs.snapshot());
    for (ConnectorRating connector : tree.connectors()) {
      name(json, "connectors", connector.number(), tree, connector.node());
    }
    for (int meter = 0; meter < tree.meters().size(); meter++) {
      Meter facts = tree.meters().get(meter);
      name(json, "meters", meter, tree, tree.number(facts.nodeId()).orElseThrow())
          .put("ref", facts.ref())
          .set("fallback", JSON.valueToTree(facts.fallback()));
    }
    for (int source = 0; source < tree.sources().size(); source++) {
      name(json, "sources", source, tree, tree.sources().get(source).node());
    }
    for (int limit = 0; limit < inputs.snapshot().outside().size(); limit++) {
      UUID nodeId = inputs.snapshot().outside().get(limit).nodeId();
      int row = limit;
      tree.number(nodeId).ifPresent(node -> name(json, "outside", row, tree, node));
    }
    json.set("policy", JSON.valueToTree(inputs.frame().policy()));
    json.set("apply", JSON.valueToTree(inputs.frame().apply()));
    json.set("limits", JSON.valueToTree(inputs.frame().topology().limits()));
    return JSON.convertValue(json, MAP);
  }

  private static ObjectNode name(ObjectNode json, String list, int row, SiteTree tree, int node) {
    ObjectNode named = (ObjectNode) json.get(list).get(row);
    return named
        .put("node_id", tree.node(node).nodeId().toString())
        .put("name", tree.node(node).name());
  }
}
