package io.busbar.balancing.allocation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An allocation problem in plain data, for generators, the reference and counter-examples. */
record Case(int[] parent, double[] limit, int[] connectorNode, Wish[] wishes) {

  /** What a connector asks for; {@code null} in {@link Case#wishes} where it asks nothing. */
  record Wish(double demand, double minimum, double weight, int priority, long rank) {}

  AllocationProblem problem() {
    AllocationProblem problem = new AllocationProblem(parent, connectorNode);
    for (int node = 0; node < limit.length; node++) {
      problem.limit(node, limit[node]);
    }
    IntStream.range(0, wishes.length).forEach(i -> request(problem, i));
    return problem;
  }

  /** Sets a connector's request. */
  void request(AllocationProblem problem, int i) {
    Wish wish = wishes[i];
    if (wish == null) {
      problem.noRequest(i);
    } else {
      problem.request(i, wish.demand, wish.minimum, wish.weight, wish.priority, wish.rank);
    }
  }

  Allocation solve() {
    return new Allocator(problem()).allocate();
  }

  /** The same, in the way that is taken where conductors are bounded; these never bind. */
  Allocation solveWithLines() {
    return new Allocator(problemWithLines()).allocate();
  }

  /** With conductors that never bind. */
  AllocationProblem problemWithLines() {
    AllocationProblem problem = problem();
    double[] one = {1};
    double[] none = {0};
    for (int node = 0; node < parent.length; node++) {
      if (problem.forest.innerOfNode[node] >= 0) {
        problem.lines(node, new LineLimit(1e12, one, none));
      }
    }
    return problem;
  }

  /** The same problem with its nodes listed in another order; connectors keep their ids' order. */
  Case shuffled(RandomGenerator random) {
    int nodes = parent.length;
    int[] newNumber = new int[nodes];
    Arrays.fill(newNumber, -1);
    List<Integer> ready = new ArrayList<>();
    IntStream.range(0, nodes).filter(node -> parent[node] < 0).forEach(ready::add);
    for (int next = 0; next < nodes; next++) {
      Collections.swap(ready, random.nextInt(ready.size()), ready.size() - 1);
      int node = ready.removeLast();
      newNumber[node] = next;
      IntStream.range(0, nodes).filter(child -> parent[child] == node).forEach(ready::add);
    }
    int[] newParent = new int[nodes];
    double[] newLimit = new double[nodes];
    for (int node = 0; node < nodes; node++) {
      newParent[newNumber[node]] = parent[node] < 0 ? -1 : newNumber[parent[node]];
      newLimit[newNumber[node]] = limit[node];
    }
    int[] newConnectorNode = Arrays.stream(connectorNode).map(node -> newNumber[node]).toArray();
    return new Case(newParent, newLimit, newConnectorNode, wishes);
  }

  /** The nodes from a connector's own up to its root. */
  int[] path(int connector) {
    return IntStream.iterate(connectorNode[connector], node -> node >= 0, node -> parent[node])
        .toArray();
  }

  @Override
  public String toString() {
    String nodes =
        IntStream.range(0, parent.length)
            .mapToObj(
                node -> "  node %d below %d limit %s".formatted(node, parent[node], limit[node]))
            .collect(Collectors.joining("\n"));
    String connectors =
        IntStream.range(0, wishes.length)
            .mapToObj(
                i -> "  connector %d at node %d: %s".formatted(i, connectorNode[i], wishes[i]))
            .collect(Collectors.joining("\n"));
    return nodes + "\n" + connectors;
  }
}
