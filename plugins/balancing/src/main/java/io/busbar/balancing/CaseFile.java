package io.busbar.balancing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.balancing.allocation.Allocation;
import io.busbar.balancing.allocation.AllocationProblem;
import io.busbar.balancing.allocation.Allocator;
import io.busbar.wire.RecordJson;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An allocation problem as people write it: {@code allocation-problem/1}, JSON with {@code nodes}
 * ({@code id}, {@code parent}, {@code type}, {@code limit_watts}) in any order and {@code requests}
 * ({@code connector}, {@code demand_watts}, and optionally {@code weight}, {@code priority}, {@code
 * min_watts}, {@code rank}).
 */
final class CaseFile {

  private static final String FORMAT = "allocation-problem/1";

  /** What is wrong with a case, where, and what was expected. */
  static final class Invalid extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Invalid(String message) {
      super(message);
    }
  }

  private final JsonNode root;
  private final String id;
  private final List<JsonNode> nodes = new ArrayList<>();
  private final Map<String, Integer> indexOf = new HashMap<>();
  private final Map<String, Integer> connectorOf = new TreeMap<>();

  private CaseFile(JsonNode root) {
    this.root = root;
    if (!FORMAT.equals(root.path("format").asText())) {
      throw new Invalid("format: expected \"" + FORMAT + "\", found " + root.path("format"));
    }
    this.id = text(root, "id", "");
    sortNodes();
  }

  /**
   * Reads a case.
   *
   * @throws Invalid if it is not one, naming the place
   */
  static CaseFile parse(String text) {
    try {
      return new CaseFile(RecordJson.mapper().readTree(text));
    } catch (JsonProcessingException e) {
      throw new Invalid(
          "line %d: not JSON: %s"
              .formatted(
                  e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                  e.getOriginalMessage()));
    }
  }

  String id() {
    return id;
  }

  /** Whole watts by connector id, in string order. */
  Map<String, Integer> allocate() {
    AllocationProblem problem = problem();
    Allocation allocation = new Allocator(problem).allocate();
    Map<String, Integer> watts = new LinkedHashMap<>();
    connectorOf.forEach((name, connector) -> watts.put(name, allocation.watts(connector)));
    return watts;
  }

  private AllocationProblem problem() {
    int[] parent = new int[nodes.size()];
    for (int i = 0; i < parent.length; i++) {
      JsonNode above = nodes.get(i).path("parent");
      parent[i] = isNull(above) ? -1 : indexOf.get(above.asText());
    }
    int[] connectorNode = new int[connectorOf.size()];
    int next = 0;
    for (Map.Entry<String, Integer> connector : connectorOf.entrySet()) {
      connectorNode[next] = indexOf.get(connector.getKey());
      connector.setValue(next++);
    }
    AllocationProblem problem = new AllocationProblem(parent, connectorNode);
    for (int i = 0; i < parent.length; i++) {
      JsonNode limit = nodes.get(i).path("limit_watts");
      if (!isNull(limit)) {
        problem.limit(i, number(nodes.get(i), "limit_watts", "nodes[" + name(i) + "]", 0));
      }
    }
    addRequests(problem);
    return problem;
  }

  private void addRequests(AllocationProblem problem) {
    boolean minimums = "semicontinuous".equals(root.path("mode").asText());
    Set<String> seen = new HashSet<>();
    for (JsonNode request : array("requests")) {
      String where = "requests[" + seen.size() + "]";
      String connector = text(request, "connector", where);
      if (!connectorOf.containsKey(connector)) {
        throw new Invalid(where + ".connector: no CONNECTOR '" + connector + "' among the nodes");
      }
      if (!seen.add(connector)) {
        throw new Invalid(where + ".connector: a second request for '" + connector + "'");
      }
      double weight = request.has("weight") ? number(request, "weight", where, 0) : 1;
      if (weight == 0) {
        throw new Invalid(where + ".weight: expected more than 0");
      }
      problem.request(
          connectorOf.get(connector),
          number(request, "demand_watts", where, 0),
          minimums && request.has("min_watts") ? number(request, "min_watts", where, 0) : 0,
          weight,
          integer(request, "priority", where, 0),
          isNull(request.path("rank"))
              ? AllocationProblem.NO_RANK
              : integer(request, "rank", where, 0));
    }
  }

  /** Parents first, whatever the order in the file; finds cycles, orphans and doubles. */
  private void sortNodes() {
    Map<String, JsonNode> byId = new LinkedHashMap<>();
    Map<String, List<String>> children = new HashMap<>();
    for (JsonNode node : array("nodes")) {
      String name = text(node, "id", "nodes[" + byId.size() + "]");
      if (byId.put(name, node) != null) {
        throw new Invalid("nodes: id '" + name + "' appears twice");
      }
    }
    Deque<String> ready = new ArrayDeque<>();
    byId.forEach(
        (name, node) -> {
          JsonNode parent = node.path("parent");
          if (isNull(parent)) {
            ready.add(name);
          } else if (byId.containsKey(parent.asText())) {
            children.computeIfAbsent(parent.asText(), key -> new ArrayList<>()).add(name);
          } else {
            throw new Invalid("nodes[" + name + "].parent: no node '" + parent.asText() + "'");
          }
        });
    while (!ready.isEmpty()) {
      String name = ready.poll();
      JsonNode node = byId.get(name);
      indexOf.put(name, nodes.size());
      nodes.add(node);
      ready.addAll(children.getOrDefault(name, List.of()));
      if ("CONNECTOR".equals(node.path("type").asText())) {
        if (children.containsKey(name)) {
          throw new Invalid("nodes[" + name + "]: a CONNECTOR has nodes below it");
        }
        connectorOf.put(name, 0);
      }
    }
    if (nodes.size() < byId.size()) {
      byId.keySet().removeAll(indexOf.keySet());
      throw new Invalid("nodes: in a cycle of parents: " + byId.keySet());
    }
  }

  private JsonNode array(String key) {
    JsonNode value = root.path(key);
    if (!value.isArray()) {
      throw new Invalid(key + ": expected an array, found " + shown(value));
    }
    return value;
  }

  private static String text(JsonNode node, String key, String where) {
    JsonNode value = node.path(key);
    if (!value.isTextual()) {
      throw new Invalid(path(where, key) + ": expected a string, found " + shown(value));
    }
    return value.textValue();
  }

  private static double number(JsonNode node, String key, String where, double least) {
    JsonNode value = node.path(key);
    if (!value.isNumber() || !(value.doubleValue() >= least)) {
      throw new Invalid(
          path(where, key) + ": expected a number of at least 0, found " + shown(value));
    }
    return value.doubleValue();
  }

  private static int integer(JsonNode node, String key, String where, int absent) {
    JsonNode value = node.path(key);
    if (isNull(value)) {
      return absent;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw new Invalid(path(where, key) + ": expected a whole number, found " + shown(value));
    }
    return value.intValue();
  }

  private String name(int index) {
    return nodes.get(index).path("id").asText();
  }

  private static boolean isNull(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  private static String shown(JsonNode value) {
    return value.isMissingNode() ? "nothing" : value.toString();
  }

  private static String path(String where, String key) {
    return where.isEmpty() ? key : where + "." + key;
  }
}
