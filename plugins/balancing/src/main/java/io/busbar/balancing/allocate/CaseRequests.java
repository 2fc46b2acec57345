package io.busbar.balancing.allocate;

import io.busbar.balancing.allocation.AllocationProblem;
import java.io.IOException;
import java.util.Arrays;

/** The requests of a case in the order of the file, in which they may come before the nodes. */
final class CaseRequests {

  private final Names connectors = new Names();
  private int[] line = new int[16];
  private double[] demand = new double[16];
  private double[] minimum = new double[16];
  private double[] weight = new double[16];
  private int[] priority = new int[16];
  private long[] rank = new long[16];

  private String connector;
  private double demandWatts;

  void read(JsonCursor json) throws IOException, InvalidCase {
    int request = connectors.size();
    int atLine = json.line();
    String path = json.path();
    makeRoom(request);
    line[request] = atLine;
    minimum[request] = 0;
    weight[request] = 1;
    priority[request] = 0;
    rank[request] = AllocationProblem.NO_RANK;
    connector = null;
    demandWatts = Double.NaN;
    json.object(member -> readMember(member, request, json));
    if (connector == null) {
      throw InvalidCase.at(atLine, path, "expected a \"connector\", found none");
    }
    if (Double.isNaN(demandWatts)) {
      throw InvalidCase.at(atLine, path, "expected \"demand_watts\", found none");
    }
    demand[request] = demandWatts;
    if (!connectors.add(connector)) {
      throw InvalidCase.at(atLine, path, "a second request for '" + connector + "', expected one");
    }
  }

  private void readMember(String member, int request, JsonCursor json)
      throws IOException, InvalidCase {
    switch (member) {
      case "connector" -> connector = json.text();
      case "demand_watts" -> demandWatts = json.number(0, AllocationProblem.MAX_DEMAND_WATTS);
      default -> {
        if (!json.isNull()) {
          readOptional(member, request, json);
        }
      }
    }
  }

  private void readOptional(String member, int request, JsonCursor json)
      throws IOException, InvalidCase {
    switch (member) {
      case "min_watts" -> minimum[request] = json.number(0, Double.MAX_VALUE);
      case "weight" ->
          weight[request] = json.number(AllocationProblem.MIN_WEIGHT, AllocationProblem.MAX_WEIGHT);
      case "priority" ->
          priority[request] = (int) json.integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
      case "rank" -> rank[request] = json.integer(Long.MIN_VALUE, AllocationProblem.NO_RANK - 1);
      default -> json.skip();
    }
  }

  private void makeRoom(int request) {
    if (request == line.length) {
      line = Arrays.copyOf(line, 2 * request);
      demand = Arrays.copyOf(demand, 2 * request);
      minimum = Arrays.copyOf(minimum, 2 * request);
      weight = Arrays.copyOf(weight, 2 * request);
      priority = Arrays.copyOf(priority, 2 * request);
      rank = Arrays.copyOf(rank, 2 * request);
    }
  }

  /**
   * Enters the requests into a problem.
   *
   * @param connectorOfNode by node of the file: its connector in the problem
   */
  void enter(AllocationProblem problem, CaseNodes nodes, int[] connectorOfNode, boolean minimums)
      throws InvalidCase {
    for (int request = 0; request < connectors.size(); request++) {
      String name = connectors.name(request);
      if (!nodes.contains(name) || !nodes.isConnector(nodes.number(name))) {
        String found = nodes.contains(name) ? "a node of another type" : "no such node";
        throw InvalidCase.at(
            line[request],
            "requests[" + request + "].connector",
            "expected a node of type CONNECTOR, found " + found + " '" + name + "'");
      }
      problem.request(
          connectorOfNode[nodes.number(name)],
          demand[request],
          minimums ? minimum[request] : 0,
          weight[request],
          priority[request],
          rank[request]);
    }
  }
}
