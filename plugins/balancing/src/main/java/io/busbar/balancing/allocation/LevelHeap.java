package io.busbar.balancing.allocation;

/** Inner nodes by level, the lowest first; of those at one level the innermost first. */
final class LevelHeap {

  private final int[] nodes;
  private final double[] level;
  private int size;

  /**
   * An empty heap.
   *
   * @param level by inner node; not to be changed of one that is in the heap
   */
  LevelHeap(double[] level) {
    this.level = level;
    this.nodes = new int[level.length];
  }

  boolean isEmpty() {
    return size == 0;
  }

  void clear() {
    size = 0;
  }

  void add(int node) {
    int at = size++;
    while (at > 0 && isBefore(node, nodes[(at - 1) / 2])) {
      nodes[at] = nodes[(at - 1) / 2];
      at = (at - 1) / 2;
    }
    nodes[at] = node;
  }

  int poll() {
    int first = nodes[0];
    int last = nodes[--size];
    int at = 0;
    int child = lowerChild(at);
    while (child < size && isBefore(nodes[child], last)) {
      nodes[at] = nodes[child];
      at = child;
      child = lowerChild(at);
    }
    nodes[at] = last;
    return first;
  }

  private int lowerChild(int at) {
    int left = 2 * at + 1;
    boolean right = left + 1 < size && isBefore(nodes[left + 1], nodes[left]);
    return right ? left + 1 : left;
  }

  private boolean isBefore(int a, int b) {
    return level[a] < level[b] || (level[a] == level[b] && a > b);
  }
}
