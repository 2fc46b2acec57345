package io.busbar.bench;

/**
 * The least that any allocator has to do: one pass up the tree, adding what gets through each limit
 * to the parent, and one down, carrying the tightest limit. The unit that others are measured in.
 */
final class PlainPass {

  private final int[] parent;
  private final double[] limit;
  private final double[] wanted;
  private final double[] sum;
  private final double[] tightest;

  PlainPass(Depot depot) {
    parent = depot.parent;
    limit = depot.limitAmps;
    wanted = new double[parent.length];
    for (int node : depot.connectorNode) {
      wanted[node] = Depot.MAX_AMPS;
    }
    sum = new double[parent.length];
    tightest = new double[parent.length];
  }

  double run() {
    System.arraycopy(wanted, 0, sum, 0, sum.length);
    for (int node = sum.length - 1; node > 0; node--) {
      sum[parent[node]] += Math.min(sum[node], limit[node]);
    }
    tightest[0] = limit[0];
    for (int node = 1; node < sum.length; node++) {
      tightest[node] = Math.min(tightest[parent[node]], limit[node]);
    }
    return sum[0] + tightest[sum.length - 1];
  }
}
