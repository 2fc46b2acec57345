package io.busbar.bench;

import io.busbar.balancing.allocation.Allocator;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** The allocator alone: no bus, no devices, no database, one thread. */
final class AllocatorBench {

  static final List<Integer> SIZES = List.of(100, 1_000, 10_000, 100_000, 1_000_000);
  private static final List<Integer> PEER_SIZES = List.of(50, 500, 5_000);
  private static final double TARGET_RATIO = 25;

  private final PrintStream out;
  private boolean missed;

  AllocatorBench(PrintStream out) {
    this.out = out;
  }

  /** Measures and prints; false when a target is missed. */
  boolean run() {
    print("## Allocator against one plain pass up and down the same tree%n%n");
    print(
        "Java %s, %d processors.%n", Runtime.version(), Runtime.getRuntime().availableProcessors());
    print(
        "Target: at most %.0f times the plain pass at every size; none for three classes,%n",
        TARGET_RATIO);
    print("which are three problems one after the other. Growth is that of ns per connector.%n%n");
    print(
        "| problem | connectors | one decision | one plain pass | ratio | ns per connector | growth"
            + " |%n");
    print("|---|---:|---:|---:|---:|---:|---:|%n");
    for (Shape shape : Shape.values()) {
      double before = Double.NaN;
      for (int size : SIZES) {
        before = row(shape, size, before);
      }
    }
    comparePeers();
    print("%n%s%n", missed ? "A target is MISSED." : "All targets are met.");
    return !missed;
  }

  private double row(Shape shape, int size, double perConnectorBefore) {
    Duel.Result result = measure(shape, size);
    double perConnector = result.firstNanos() / size;
    boolean tooSlow = shape.hasTarget() && result.ratio() > TARGET_RATIO;
    missed |= tooSlow;
    print(
        "| %s | %,d | %s ms | %s ms | %.1f%s | %.1f | %s |%n",
        shape.title,
        size,
        millis(result.firstNanos()),
        millis(result.secondNanos()),
        result.ratio(),
        tooSlow ? " MISSED" : "",
        perConnector,
        Double.isNaN(perConnectorBefore)
            ? ""
            : "%.2f".formatted(perConnector / perConnectorBefore));
    return perConnector;
  }

  private static Duel.Result measure(Shape shape, int size) {
    Depot depot = shape.depot(size);
    Allocator allocator = new Allocator(shape.problem(depot));
    PlainPass pass = new PlainPass(depot);
    return new Duel(System::nanoTime)
        .run(() -> allocator.allocate().exactWatts(size - 1), pass::run);
  }

  private void comparePeers() {
    print("%n## Beside other open load balancers, on the same depot%n%n%s%n%n", Peers.NOTE);
    print("| balancer | 50 | 500 | 5,000 | quality |%n|---|---:|---:|---:|---|%n");
    for (Shape shape : List.of(Shape.PLAIN, Shape.SCARCE)) {
      print("| **Busbar, %s: minimums, ranks, causes** ", shape.title);
      PEER_SIZES.forEach(size -> print("| %s ms ", millis(measure(shape, size).firstNanos())));
      print("| exact |%n");
    }
    Peers.read().forEach(peer -> print("%s%n", peer.tableRow()));
  }

  private static String millis(double nanos) {
    double millis = nanos / 1e6;
    return String.format(
        Locale.ROOT, millis < 0.1 ? "%.4f" : millis < 10 ? "%.3f" : "%.1f", millis);
  }

  private void print(String format, Object... values) {
    out.printf(Locale.ROOT, format, values);
    out.flush();
  }
}
