package io.busbar.balancing.allocate;

import com.fasterxml.jackson.core.JsonFactory;
import io.busbar.balancing.allocation.AllocationProblem;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads {@code allocation-problem/1}: {@code id}, {@code mode} ({@code continuous} or {@code
 * semicontinuous}), {@code nodes} ({@code id}, {@code parent}, {@code type}, {@code limit_watts})
 * in any order and {@code requests} ({@code connector}, {@code demand_watts}, and optionally {@code
 * weight}, {@code priority}, {@code min_watts}, {@code rank}). Other members are left alone.
 */
final class CaseReader {

  private static final String FORMAT = "allocation-problem/1";

  private final JsonCursor json;
  private final CaseNodes nodes = new CaseNodes();
  private final CaseRequests requests = new CaseRequests();
  private String format;
  private String id;
  private String mode;
  private boolean hasNodes;
  private boolean hasRequests;

  private CaseReader(JsonCursor json) {
    this.json = json;
  }

  /**
   * Reads a case to its end.
   *
   * @throws InvalidCase if it is not one
   */
  static AllocationCase read(JsonFactory factory, InputStream input)
      throws IOException, InvalidCase {
    try (JsonCursor json = new JsonCursor(factory, input)) {
      CaseReader reader = new CaseReader(json);
      json.document(reader::member);
      return reader.finish();
    }
  }

  private void member(String name) throws IOException, InvalidCase {
    switch (name) {
      case "format" -> format = oneOf(FORMAT, FORMAT);
      case "id" -> id = json.text();
      case "mode" -> mode = oneOf("continuous", "semicontinuous");
      case "nodes" -> {
        hasNodes = true;
        json.array(() -> nodes.read(json));
      }
      case "requests" -> {
        hasRequests = true;
        json.array(() -> requests.read(json));
      }
      default -> json.skip();
    }
  }

  private String oneOf(String one, String other) throws IOException, InvalidCase {
    String text = json.text();
    if (!text.equals(one) && !text.equals(other)) {
      throw json.expected('"' + one + (one.equals(other) ? "\"" : "\" or \"" + other + '"'));
    }
    return text;
  }

  private AllocationCase finish() throws InvalidCase {
    require(format != null, "format");
    require(id != null, "id");
    require(mode != null, "mode");
    require(hasNodes, "nodes");
    require(hasRequests, "requests");
    nodes.complete();
    int[] order = nodes.parentsFirst();
    int[] placeInOrder = new int[order.length];
    for (int place = 0; place < order.length; place++) {
      placeInOrder[order[place]] = place;
    }
    String[] connectors = connectorIds();
    int[] connectorOfNode = new int[order.length];
    int[] connectorPlace = new int[connectors.length];
    for (int connector = 0; connector < connectors.length; connector++) {
      int node = nodes.number(connectors[connector]);
      connectorOfNode[node] = connector;
      connectorPlace[connector] = placeInOrder[node];
    }
    AllocationProblem problem =
        new AllocationProblem(parentPlaces(order, placeInOrder), connectorPlace);
    for (int place = 0; place < order.length; place++) {
      problem.limit(place, nodes.limit(order[place]));
    }
    requests.enter(problem, nodes, connectorOfNode, mode.equals("semicontinuous"));
    return new AllocationCase(id, connectors, problem);
  }

  private static void require(boolean present, String member) throws InvalidCase {
    if (!present) {
      throw new InvalidCase("the document: expected a member \"" + member + "\", found none");
    }
  }

  /** In plain string order, which is the order of those that tie. */
  private String[] connectorIds() {
    String[] ids = new String[nodes.size()];
    int count = 0;
    for (int node = 0; node < ids.length; node++) {
      if (nodes.isConnector(node)) {
        ids[count++] = nodes.name(node);
      }
    }
    String[] connectors = Arrays.copyOf(ids, count);
    Arrays.sort(connectors, IdOrder.BY_CODE_POINT);
    return connectors;
  }

  private int[] parentPlaces(int[] order, int[] placeInOrder) {
    int[] parents = new int[order.length];
    for (int place = 0; place < order.length; place++) {
      int parent = nodes.parent(order[place]);
      parents[place] = parent < 0 ? parent : placeInOrder[parent];
    }
    return parents;
  }
}
