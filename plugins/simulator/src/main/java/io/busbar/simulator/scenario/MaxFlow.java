package io.busbar.simulator.scenario;

import java.util.Arrays;

/** Largest flow from a source to a sink, by Dinic's algorithm, in whole units. */
final class MaxFlow {

  private final int[] head;
  private int[] next = new int[1024];
  private int[] to = new int[1024];
  private long[] capacity = new long[1024];
  private int edges;
  private int[] level;
  private int[] open;

  MaxFlow(int nodes) {
    head = new int[nodes];
    Arrays.fill(head, -1);
  }

  /** Adds an edge; returns its number, for {@link #flow}. */
  int edge(int from, int target, long most) {
    int number = edges;
    half(from, target, most);
    half(target, from, 0);
    return number;
  }

  private void half(int from, int target, long most) {
    if (edges == to.length) {
      next = Arrays.copyOf(next, 2 * edges);
      to = Arrays.copyOf(to, 2 * edges);
      capacity = Arrays.copyOf(capacity, 2 * edges);
    }
    to[edges] = target;
    capacity[edges] = most;
    next[edges] = head[from];
    head[from] = edges++;
  }

  /** What flows over an edge after {@link #solve}. */
  long flow(int edge) {
    return capacity[edge ^ 1];
  }

  /** The largest flow. */
  long solve(int source, int sink) {
    long total = 0;
    while (layer(source, sink)) {
      open = head.clone();
      for (long pushed = push(source, sink); pushed > 0; pushed = push(source, sink)) {
        total += pushed;
      }
    }
    return total;
  }

  private boolean layer(int source, int sink) {
    level = new int[head.length];
    Arrays.fill(level, -1);
    int[] queue = new int[head.length];
    int read = 0;
    int write = 0;
    level[source] = 0;
    queue[write++] = source;
    while (read < write) {
      int node = queue[read++];
      for (int e = head[node]; e >= 0; e = next[e]) {
        if (capacity[e] > 0 && level[to[e]] < 0) {
          level[to[e]] = level[node] + 1;
          queue[write++] = to[e];
        }
      }
    }
    return level[sink] >= 0;
  }

  /** Pushes along one path of the layers, found without recursion. */
  private long push(int source, int sink) {
    int[] path = new int[head.length];
    int depth = 0;
    int node = source;
    while (true) {
      if (node == sink) {
        return augment(path, depth);
      }
      int e = open[node];
      if (e < 0) {
        if (depth == 0) {
          return 0;
        }
        int back = path[--depth];
        node = to[back ^ 1];
        open[node] = next[back];
      } else if (capacity[e] > 0 && level[to[e]] == level[node] + 1) {
        path[depth++] = e;
        node = to[e];
      } else {
        open[node] = next[e];
      }
    }
  }

  private long augment(int[] path, int depth) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < depth; i++) {
      least = Math.min(least, capacity[path[i]]);
    }
    for (int i = 0; i < depth; i++) {
      capacity[path[i]] -= least;
      capacity[path[i] ^ 1] += least;
    }
    return least;
  }
}
