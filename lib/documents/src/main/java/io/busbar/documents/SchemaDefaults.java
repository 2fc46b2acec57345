package io.busbar.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Fills in the defaults that a schema names. Changes the value it is given. */
final class SchemaDefaults {

  private final JsonNode definition;

  SchemaDefaults(JsonNode definition) {
    this.definition = definition;
  }

  JsonNode fill(JsonNode value, JsonNode schema) {
    JsonNode resolved = resolve(schema);
    switch (value) {
      case ObjectNode object -> fillObject(object, resolved);
      case ArrayNode array -> array.forEach(item -> fill(item, resolved.path("items")));
      default -> {}
    }
    return value;
  }

  private void fillObject(ObjectNode object, JsonNode schema) {
    for (var property : schema.path("properties").properties()) {
      String key = property.getKey();
      JsonNode propertySchema = resolve(property.getValue());
      if (!object.has(key)) {
        JsonNode preset = property.getValue().path("default");
        preset = preset.isMissingNode() ? propertySchema.path("default") : preset;
        if (preset.isMissingNode()) {
          continue;
        }
        object.set(key, preset.deepCopy());
      }
      fill(object.get(key), propertySchema);
    }
    JsonNode others = schema.path("additionalProperties");
    if (others.isObject()) {
      for (var entry : object.properties()) {
        if (!schema.path("properties").has(entry.getKey())) {
          fill(entry.getValue(), others);
        }
      }
    }
  }

  /** Follows {@code $ref} within the schema. */
  private JsonNode resolve(JsonNode schema) {
    JsonNode current = schema;
    while (current.path("$ref").asText().startsWith("#")) {
      current = definition.at(current.get("$ref").asText().substring(1));
    }
    return current;
  }
}
