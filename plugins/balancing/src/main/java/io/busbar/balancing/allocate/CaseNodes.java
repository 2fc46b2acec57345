package io.busbar.balancing.allocate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The nodes of a case in the order of the file, in which a parent may come after its children. */
final class CaseNodes {

  private static final int ROOT = -1;
  private static final int LATER = -2;

  private final Names names = new Names();
  private int[] parent = new int[16];
  private int[] line = new int[16];
  private double[] limit = new double[16];
  private boolean[] isConnector = new boolean[16];

  /** Parents that had not come yet when their children did, by child. */
  private final Map<Integer, String> later = new HashMap<>();

  private String id;
  private String parentId;
  private double limitWatts;
  private boolean connector;

  void read(JsonCursor json) throws IOException, InvalidCase {
    int line = json.line();
    String path = json.path();
    id = null;
    parentId = null;
    limitWatts = Double.POSITIVE_INFINITY;
    connector = false;
    json.object(member -> readMember(member, json));
    if (id == null) {
      throw InvalidCase.at(line, path, "expected an \"id\", found none");
    }
    add(line, path);
  }

  private void readMember(String member, JsonCursor json) throws IOException, InvalidCase {
    switch (member) {
      case "id" -> id = json.text();
      case "parent" -> parentId = json.isNull() ? null : json.text();
      case "type" -> connector = json.text().equals("CONNECTOR");
      case "limit_watts" -> {
        if (!json.isNull()) {
          limitWatts = json.number(0, Double.MAX_VALUE);
        }
      }
      default -> json.skip();
    }
  }

  private void add(int atLine, String path) throws InvalidCase {
    int node = names.size();
    if (!names.add(id)) {
      throw InvalidCase.at(
          atLine, path, "there is a node '" + id + "' already, expected another id");
    }
    if (node == parent.length) {
      parent = Arrays.copyOf(parent, 2 * node);
      line = Arrays.copyOf(line, 2 * node);
      limit = Arrays.copyOf(limit, 2 * node);
      isConnector = Arrays.copyOf(isConnector, 2 * node);
    }
    line[node] = atLine;
    limit[node] = limitWatts;
    isConnector[node] = connector;
    if (parentId == null) {
      parent[node] = ROOT;
    } else if (names.contains(parentId)) {
      parent[node] = names.number(parentId);
    } else {
      parent[node] = LATER;
      later.put(node, parentId);
    }
  }

  /** Finds the parents that came later, and that no connector is one. */
  void complete() throws InvalidCase {
    for (Map.Entry<Integer, String> child : later.entrySet()) {
      int node = child.getKey();
      if (!names.contains(child.getValue())) {
        throw invalid(node, "parent: there is no node '" + child.getValue() + "'");
      }
      parent[node] = names.number(child.getValue());
    }
    later.clear();
    for (int node = 0; node < names.size(); node++) {
      if (parent[node] != ROOT && isConnector[parent[node]]) {
        throw invalid(
            node, "parent: '" + name(parent[node]) + "' is a CONNECTOR, which has none below it");
      }
    }
  }

  /**
   * All nodes, parents before their children.
   *
   * @throws InvalidCase if some are below themselves, naming those
   */
  int[] parentsFirst() throws InvalidCase {
    int[] order = new int[names.size()];
    boolean[] placed = new boolean[names.size()];
    int count = 0;
    for (int node = 0; node < order.length; node++) {
      int steps = 0;
      for (int at = node; at != ROOT && !placed[at]; at = parent[at]) {
        if (++steps > order.length - count) {
          throw cycle(at);
        }
      }
      int at = node;
      for (int place = count + steps - 1; place >= count; place--) {
        order[place] = at;
        placed[at] = true;
        at = parent[at];
      }
      count += steps;
    }
    return order;
  }

  /**
   * The cycle that the parents of a node lead into; a node met after as many steps as there are.
   */
  private InvalidCase cycle(int on) {
    List<String> members = new ArrayList<>();
    int at = on;
    do {
      members.add(name(at));
      at = parent[at];
    } while (at != on && members.size() < 10);
    members.add(at == on ? name(on) : "…");
    return invalid(on, "parent: is below itself: " + String.join(" → ", members));
  }

  private InvalidCase invalid(int node, String problem) {
    return InvalidCase.at(line[node], "node '" + name(node) + "'", problem);
  }

  boolean contains(String name) {
    return names.contains(name);
  }

  int number(String name) {
    return names.number(name);
  }

  String name(int node) {
    return names.name(node);
  }

  int size() {
    return names.size();
  }

  int parent(int node) {
    return parent[node];
  }

  double limit(int node) {
    return limit[node];
  }

  boolean isConnector(int node) {
    return isConnector[node];
  }
}
