package io.busbar.bench.quality;

import io.busbar.balancing.decide.SiteTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The rules of the literature, which know no minimum power: one vehicle after the other gets all
 * that fits, or all get the same.
 */
final class Textbook {

  private static final long TURN_MILLIS = 15 * 60_000;

  private Textbook() {}

  static Rule firstComeFirstServed(SiteTree tree) {
    return (now, vehicles) -> inTurn(tree, vehicles, vehicle -> vehicle.arrival);
  }

  static Rule earliestDeadline(SiteTree tree) {
    return (now, vehicles) -> inTurn(tree, vehicles, vehicle -> vehicle.told);
  }

  static Rule leastLaxity(SiteTree tree) {
    return (now, vehicles) -> inTurn(tree, vehicles, vehicle -> vehicle.laxity(now));
  }

  /** Every quarter of an hour another vehicle is the first. */
  static Rule roundRobin(SiteTree tree) {
    int connectors = tree.connectors().size();
    return (now, vehicles) ->
        inTurn(
            tree,
            vehicles,
            vehicle -> Math.floorMod(vehicle.connector - now / TURN_MILLIS, (long) connectors));
  }

  private static int[] inTurn(SiteTree tree, List<Vehicle> vehicles, ToLongFunction<Vehicle> key) {
    List<Vehicle> order = new ArrayList<>(vehicles);
    order.sort(Comparator.comparingLong(key).thenComparingInt(vehicle -> vehicle.connector));
    TreeLimits limits = new TreeLimits(tree);
    int[] watts = new int[tree.connectors().size()];
    for (Vehicle vehicle : order) {
      int gets = (int) Math.min(vehicle.maxWatts, limits.left(vehicle.connector));
      watts[vehicle.connector] = gets;
      limits.take(vehicle.connector, gets);
    }
    return watts;
  }

  /** The exact max-min rule, by its definition: all rise together until something is full. */
  static Rule equalShare(SiteTree tree) {
    return (now, vehicles) -> {
      double[] exact = new double[tree.connectors().size()];
      TreeLimits limits = new TreeLimits(tree);
      List<Vehicle> rising = new ArrayList<>(vehicles);
      while (!rising.isEmpty()) {
        double step = step(tree, limits, rising, exact);
        for (Vehicle vehicle : rising) {
          exact[vehicle.connector] += step;
          limits.take(vehicle.connector, step);
        }
        rising.removeIf(
            vehicle ->
                exact[vehicle.connector] >= vehicle.maxWatts - TINY
                    || limits.left(vehicle.connector) < TINY);
      }
      return rounded(exact);
    };
  }

  private static final double TINY = 1e-6;

  /** How far all can rise together. */
  private static double step(
      SiteTree tree, TreeLimits limits, List<Vehicle> rising, double[] exact) {
    int[] below = new int[tree.size()];
    double least = Double.MAX_VALUE;
    for (Vehicle vehicle : rising) {
      least = Math.min(least, vehicle.maxWatts - exact[vehicle.connector]);
      int node = tree.connectors().get(vehicle.connector).node();
      for (; node >= 0; node = tree.parent(node)) {
        below[node]++;
      }
    }
    for (int node = 0; node < below.length; node++) {
      least = below[node] == 0 ? least : Math.min(least, limits.leftAt(node) / below[node]);
    }
    return Math.max(least, 0);
  }

  private static int[] rounded(double[] exact) {
    int[] watts = new int[exact.length];
    for (int i = 0; i < watts.length; i++) {
      watts[i] = (int) (exact[i] + TINY);
    }
    return watts;
  }
}
