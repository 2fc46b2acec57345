package io.busbar.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MaxFlowTest {

  @Test
  void the_narrowest_place_decides() {
    MaxFlow flow = new MaxFlow(3);
    flow.edge(0, 1, 7);
    int narrow = flow.edge(1, 2, 3);
    assertThat(flow.solve(0, 2)).isEqualTo(3);
    assertThat(flow.flow(narrow)).isEqualTo(3);
  }

  @Test
  void it_equals_the_smallest_cut_of_random_networks() {
    long seed = Long.getLong("busbar.seed", 20261120L);
    System.out.println("seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 500; round++) {
      int nodes = random.nextInt(2, 8);
      long[][] capacity = new long[nodes][nodes];
      MaxFlow flow = new MaxFlow(nodes);
      for (int from = 0; from < nodes; from++) {
        for (int to = 0; to < nodes; to++) {
          if (from != to && random.nextInt(3) > 0) {
            capacity[from][to] = random.nextInt(20);
            flow.edge(from, to, capacity[from][to]);
          }
        }
      }
      assertThat(flow.solve(0, nodes - 1)).as("round %d", round).isEqualTo(smallestCut(capacity));
    }
  }

  /** Tries every set of nodes that holds the source and not the sink. */
  private static long smallestCut(long[][] capacity) {
    int nodes = capacity.length;
    long smallest = Long.MAX_VALUE;
    for (int set = 0; set < 1 << nodes; set++) {
      if ((set & 1) == 0 || (set >> (nodes - 1) & 1) == 1) {
        continue;
      }
      long cut = 0;
      for (int from = 0; from < nodes; from++) {
        for (int to = 0; to < nodes; to++) {
          cut += (set >> from & 1) == 1 && (set >> to & 1) == 0 ? capacity[from][to] : 0;
        }
      }
      smallest = Math.min(smallest, cut);
    }
    return smallest;
  }
}
