package io.busbar.balancing.allocation;

import java.util.Arrays;

/**
 * How connectors are wired and which conductors are bounded, beside the watts that every problem
 * has. Empty for most.
 */
final class Wiring {

  private static final LineLimit[] NONE = {};

  /** By place: its group. */
  final int[] group;

  /** By inner node. */
  final LineLimit[][] lines;

  /** How many groups there are; 1 when nothing is bounded. */
  int groups = 1;

  private int bounded;

  Wiring(Forest forest) {
    group = new int[forest.places()];
    lines = new LineLimit[forest.inners()][];
    Arrays.fill(lines, NONE);
  }

  boolean isBounded() {
    return bounded > 0;
  }

  void bound(int inner, LineLimit[] limits) {
    bounded += limits.length - lines[inner].length;
    lines[inner] = limits.clone();
    for (LineLimit limit : limits) {
      groups = Math.max(groups, limit.groupCount());
    }
  }
}
