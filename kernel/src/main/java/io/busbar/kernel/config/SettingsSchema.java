package io.busbar.kernel.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.busbar.api.Problem;
import io.busbar.documents.Document;
import io.busbar.documents.DocumentSchema;
import io.busbar.wire.RecordJson;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What settings one plugin knows, and what becomes of the values people gave. */
public final class SettingsSchema {

  /**
   * Values ready for use.
   *
   * @param value complete, defaults filled in, secrets resolved
   * @param shown the same with secrets as references, for the log
   */
  public record Resolved(JsonObject value, String shown) {}

  private final String plugin;
  private final DocumentSchema whole;
  private final DocumentSchema partial;
  private final Map<List<String>, Boolean> keys = new LinkedHashMap<>();
  private final List<List<String>> secrets = new ArrayList<>();

  public SettingsSchema(String plugin, URL schema) {
    this.plugin = plugin;
    this.whole = DocumentSchema.load(schema);
    this.partial = withoutRequired(whole.definition());
    collectKeys(whole.definition(), List.of());
  }

  /**
   * Checks every layer, lays them over each other and resolves secrets.
   *
   * @throws InvalidSettings with every problem, each with file, line, path and what was expected
   */
  public Resolved resolve(Settings settings) {
    List<Problem> problems = new ArrayList<>();
    ObjectNode merged = RecordJson.mapper().createObjectNode();
    for (Document layer : settings.of(plugin, keys)) {
      problems.addAll(partial.check(layer));
      overlay(merged, layer.root());
    }
    refuse(problems);
    JsonNode complete = whole.withDefaults(merged);
    String shown = RecordJson.encode(complete);
    whole.check(Document.parse("settings of " + plugin, shown)).stream()
        .map(p -> new Problem(p.rule(), p.source(), 0, p.path(), p.message()))
        .forEach(problems::add);
    for (List<String> secret : secrets) {
      refuseLiteral(complete, secret, problems);
    }
    refuse(problems);
    JsonNode resolved = new Secrets(plugin, settings, problems).resolve(complete);
    refuse(problems);
    return new Resolved(new JsonObject(RecordJson.encode(resolved)), shown);
  }

  /** Environment variables that stand for its settings. */
  public Set<String> variables() {
    return keys.keySet().stream()
        .map(key -> Settings.variable(plugin, key))
        .collect(Collectors.toSet());
  }

  private static void refuse(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new InvalidSettings(problems);
    }
  }

  /** What the schema marks as {@code writeOnly} must not stand in any file of settings. */
  private void refuseLiteral(JsonNode complete, List<String> path, List<Problem> problems) {
    String value = complete.at("/" + String.join("/", path)).asText("");
    if (!value.isEmpty() && !Secrets.isReference(value)) {
      problems.add(
          new Problem(
              Document.SCHEMA,
              "settings of " + plugin,
              0,
              String.join(".", path),
              "a secret must be a reference: ${env:NAME} or ${file:path}"));
    }
  }

  /** Checks one document by itself, as {@code config check} does. */
  public List<Problem> check(Document document) {
    return partial.check(document);
  }

  private static void overlay(ObjectNode target, JsonNode layer) {
    layer
        .properties()
        .forEach(
            entry -> {
              JsonNode below = target.get(entry.getKey());
              if (below instanceof ObjectNode object && entry.getValue().isObject()) {
                overlay(object, entry.getValue());
              } else {
                target.set(entry.getKey(), entry.getValue().deepCopy());
              }
            });
  }

  private void collectKeys(JsonNode schema, List<String> path) {
    schema
        .path("properties")
        .properties()
        .forEach(
            property -> {
              List<String> key = new ArrayList<>(path);
              key.add(property.getKey());
              keys.put(key, property.getValue().path("type").asText().equals("string"));
              if (property.getValue().path("writeOnly").asBoolean()) {
                secrets.add(key);
              }
              collectKeys(property.getValue(), key);
            });
  }

  private static DocumentSchema withoutRequired(JsonNode definition) {
    JsonNode copy = definition.deepCopy();
    copy.findParents("required").stream()
        .filter(parent -> parent.get("required").isArray())
        .forEach(parent -> ((ObjectNode) parent).remove("required"));
    return DocumentSchema.load(
        new ByteArrayInputStream(RecordJson.encode(copy).getBytes(StandardCharsets.UTF_8)));
  }
}
