package io.busbar.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.busbar.documents.Document;
import io.busbar.testkit.RealData;
import io.busbar.wire.RecordJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;

/**
 * {@code openapi.yaml} as the judge of answers: each must have a documented status, and a body with
 * nothing in it that the contract does not name.
 */
final class Contract {

  /** May be answered to anything; the contract documents them as "default". */
  private static final Set<Integer> ANYWHERE = Set.of(400, 401, 403, 405, 413, 415, 429, 503);

  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);

  private static final ObjectNode MODEL = load();
  private static final Map<String, JsonSchema> BY_POINTER = new ConcurrentHashMap<>();
  private static final Set<String> SEEN = new ConcurrentSkipListSet<>();

  private Contract() {}

  private static ObjectNode load() {
    try {
      String text =
          Files.readString(
              RealData.repository().resolve("plugins/web/src/main/resources/openapi.yaml"));
      ObjectNode model = Document.parse("openapi.yaml", text).root().deepCopy();
      close(model.path("components").path("schemas"));
      close(model.path("paths"));
      return model;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whatever names its fields has no others. */
  private static void close(JsonNode node) {
    boolean isObject = node.isObject() && node.path("type").asText().equals("object");
    if (isObject && node.has("properties") && !node.has("additionalProperties")) {
      ((ObjectNode) node).put("additionalProperties", false);
    }
    node.forEach(Contract::close);
  }

  /** Every operation and status that was judged, such as {@code GET /api/depots 200}. */
  static Set<String> seen() {
    return new TreeSet<>(SEEN);
  }

  /** Every operation and status that the contract documents by itself. */
  static Set<String> documented() {
    Set<String> all = new TreeSet<>();
    MODEL
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation ->
                            operation.getValue().path("responses").properties().stream()
                                .map(Map.Entry::getKey)
                                .filter(status -> !status.equals("default"))
                                .forEach(
                                    status ->
                                        all.add(
                                            operation.getKey().toUpperCase()
                                                + " "
                                                + path.getKey()
                                                + " "
                                                + status))));
    return all;
  }

  /** An operation of the contract: its method, its path with placeholders, and who may call it. */
  record Operation(String method, String path, String role) {}

  /** All of them. */
  static List<Operation> operations() {
    List<Operation> all = new ArrayList<>();
    MODEL
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        entry -> {
                          String role = entry.getValue().path("x-busbar-role").asText();
                          if (!role.isEmpty()) {
                            String method = entry.getKey().toUpperCase();
                            all.add(new Operation(method, path.getKey(), role));
                          }
                        }));
    return all;
  }

  /**
   * Judges an answer of the API.
   *
   * @throws AssertionError naming what the contract does not say
   */
  static void check(String method, String path, HttpResponse<String> response) {
    String what = method + " " + path + " " + response.statusCode();
    String route = path.replaceFirst("\\?.*", "");
    Optional<String> template = template(route);
    if (!route.startsWith("/api/")) {
      return;
    }
    JsonNode operation = MODEL.path("paths").path(template.orElse("")).path(method.toLowerCase());
    JsonNode documented = operation.path("responses").path(Integer.toString(response.statusCode()));
    boolean unknown =
        operation.isMissingNode() && Set.of(401, 404, 405).contains(response.statusCode());
    if (documented.isMissingNode() && !unknown && !ANYWHERE.contains(response.statusCode())) {
      throw new AssertionError(what + " is not in the contract: " + response.body());
    }
    template.ifPresent(known -> SEEN.add(method + " " + known + " " + response.statusCode()));
    validate(what, pointer(method, template, documented), response);
  }

  private static Optional<String> template(String path) {
    Iterator<String> templates = MODEL.path("paths").fieldNames();
    while (templates.hasNext()) {
      String template = templates.next();
      if (Pattern.matches(template.replaceAll("\\{[^}]+}", "[^/]+"), path)) {
        return Optional.of(template);
      }
    }
    return Optional.empty();
  }

  private static String pointer(String method, Optional<String> template, JsonNode documented) {
    if (documented.isMissingNode() || documented.has("$ref")) {
      return "#/components/schemas/Error";
    }
    String status =
        documented.path("content").path("application/json").isMissingNode() ? "" : "200";
    return "#/paths/%s/%s/responses/%s/content/application~1json/schema"
        .formatted(template.orElseThrow().replace("/", "~1"), method.toLowerCase(), status);
  }

  private static void validate(String what, String pointer, HttpResponse<String> response) {
    String type = response.headers().firstValue("Content-Type").orElse("");
    if (!type.startsWith("application/json")) {
      throw new AssertionError(what + " is " + type + ", expected application/json");
    }
    try {
      JsonNode body = RecordJson.mapper().readTree(response.body());
      Set<ValidationMessage> problems =
          BY_POINTER.computeIfAbsent(pointer, Contract::schema).validate(body);
      if (!problems.isEmpty()) {
        throw new AssertionError(what + " breaks the contract: " + problems);
      }
    } catch (IOException e) {
      throw new AssertionError(what + " is no JSON: " + response.body(), e);
    }
  }

  private static JsonSchema schema(String pointer) {
    ObjectNode root = MODEL.deepCopy();
    root.put("$ref", pointer);
    return SCHEMAS.getSchema(root);
  }

  /** What a node wants by a decision. */
  static int requested(JsonNode decision, String node) {
    for (JsonNode line : decision.at("/allocation_summary/by_node")) {
      if (line.get("node_id").asText().equals(node)) {
        return line.get("requested_watts").asInt();
      }
    }
    throw new AssertionError("no line of node " + node);
  }
}
