package io.busbar.balancing.allocation;

import io.busbar.balancing.allocation.Case.Wish;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Random problems, each the same for the same seed, with every edge the definition names. */
final class Cases {

  private static final double[] WEIGHTS = {0.25, 0.5, 1, 2, 3, 10};
  private static final double[] MINIMUMS = {0, 1, 1380, 4140, 10_000};

  private final RandomGenerator random;
  private final List<Integer> parent = new ArrayList<>();
  private final List<Integer> depth = new ArrayList<>();
  private final List<Integer> leaves = new ArrayList<>();

  private Cases(long seed) {
    random = new SplittableRandom(seed);
  }

  /**
   * A problem.
   *
   * @param maxConnectors the most it may have
   */
  static Case random(long seed, int maxConnectors) {
    return new Cases(seed).next(maxConnectors);
  }

  private Case next(int maxConnectors) {
    int maxDepth = random.nextInt(1, 9);
    int inner = random.nextInt(0, maxConnectors / 2 + 2);
    IntStream.range(0, inner).forEach(node -> add(pickParent(maxDepth - 1)));
    int inners = parent.size();
    int connectors = random.nextInt(1, maxConnectors + 1);
    for (int i = 0; i < connectors; i++) {
      boolean root = inners == 0 || random.nextInt(20) == 0;
      leaves.add(add(root ? -1 : random.nextInt(inners)));
    }
    boolean equalWeights = random.nextInt(3) == 0;
    boolean minimums = random.nextBoolean();
    int classes = random.nextInt(3) == 0 ? random.nextInt(2, 5) : 1;
    Wish[] wishes = new Wish[connectors];
    for (int i = 0; i < connectors; i++) {
      wishes[i] = random.nextInt(8) == 0 ? null : wish(equalWeights, minimums, classes);
    }
    Collections.shuffle(leaves, new Random(random.nextLong()));
    int[] connectorNode = leaves.stream().mapToInt(node -> node).toArray();
    double[] limit = IntStream.range(0, parent.size()).mapToDouble(this::limit).toArray();
    return new Case(parent.stream().mapToInt(p -> p).toArray(), limit, connectorNode, wishes);
  }

  private int add(int below) {
    parent.add(below);
    depth.add(below < 0 ? 1 : depth.get(below) + 1);
    return parent.size() - 1;
  }

  private int pickParent(int maxDepth) {
    if (parent.isEmpty() || random.nextInt(8) == 0) {
      return -1;
    }
    int candidate = random.nextInt(parent.size());
    return depth.get(candidate) < maxDepth ? candidate : -1;
  }

  private double limit(int node) {
    boolean leaf = leaves.contains(node);
    return switch (random.nextInt(leaf ? 4 : 16)) {
      case 0, 1 -> Double.POSITIVE_INFINITY;
      case 4 -> 0;
      case 5 -> 1;
      case 6 -> 1380 * random.nextInt(1, 20);
      default -> leaf ? 3680 * random.nextInt(1, 7) : random.nextInt(1, 60_000);
    };
  }

  private Wish wish(boolean equalWeights, boolean minimums, int classes) {
    double demand =
        switch (random.nextInt(8)) {
          case 0 -> 0;
          case 1 -> random.nextInt(1, 10);
          case 2, 3 -> 11_000;
          default -> random.nextInt(1, 50_000);
        };
    return new Wish(
        demand,
        minimums ? MINIMUMS[random.nextInt(MINIMUMS.length)] : 0,
        equalWeights ? 1 : WEIGHTS[random.nextInt(WEIGHTS.length)],
        random.nextInt(classes) - 1,
        random.nextInt(4) == 0 ? AllocationProblem.NO_RANK : random.nextInt(-3, 6));
  }
}
