package io.busbar.bench;

import io.busbar.balancing.allocation.Allocation;
import io.busbar.balancing.allocation.Allocation.Cause;
import io.busbar.balancing.allocation.Allocator;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;

/** The allocator beside a linear-programming solver that computes the same, from plain numbers. */
final class SolverBench {

  private static final List<Integer> SIZES = List.of(10, 32, 100, 316, 1_000);
  private static final int ROUNDS = 3;
  private static final long WARM_UP_NANOS = 500_000_000;
  private static final long ROUND_NANOS = 20_000_000;
  private static final double SAME_WATTS = 1e-6;
  private static final double TARGET = 100;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final PrintStream out;
  private boolean missed;
  private double sink;

  SolverBench(PrintStream out) {
    this.out = out;
    System.setProperty("shut.up.ojAlgo", "true"); // its greeting is no Markdown
  }

  /** Measures and prints; false when a target is missed. */
  boolean run() {
    print("## The allocator beside a linear-programming solver%n%n");
    print(
        "Java %s. Processor time of the thread. Target: the same watts to %.0e W, at least %.0f"
            + " times as fast.%n%n",
        Runtime.version(), SAME_WATTS, TARGET);
    print(
        "| tree | connectors | programs | solver | allocator | times as fast | furthest apart |%n");
    print("|---|---:|---:|---:|---:|---:|---:|%n");
    for (int size : SIZES) {
      row("depot, share 0.6", SharedTree.of(new Depot(size, 0.6)));
      row("random", SharedTree.random(size, 1));
    }
    print("%n%s%n", missed ? "A target is MISSED." : "All targets are met.");
    return !missed;
  }

  private void row(String name, SharedTree tree) {
    Allocation allocation = new Allocator(tree.problem()).allocate();
    boolean[] admitted = admitted(allocation, tree.connectors());
    FairProgram program = new FairProgram(tree, admitted);
    double apart = apart(program.solve(), allocation);
    double[] solver = new double[ROUNDS];
    double[] allocator = new double[ROUNDS];
    double[] ratio = new double[ROUNDS];
    time(() -> new Allocator(tree.problem()).allocate().exactWatts(0), WARM_UP_NANOS);
    for (int round = 0; round < ROUNDS; round++) {
      solver[round] = time(() -> new FairProgram(tree, admitted).solve()[0], ROUND_NANOS);
      allocator[round] =
          time(() -> new Allocator(tree.problem()).allocate().exactWatts(0), ROUND_NANOS);
      ratio[round] = solver[round] / allocator[round];
    }
    double faster = Duel.median(ratio);
    boolean bad = !(apart <= SAME_WATTS) || faster < TARGET;
    missed |= bad;
    print(
        "| %s | %,d | %d | %.3f ms | %.4f ms | %,.0f | %.0e W%s |%n",
        name,
        tree.connectors(),
        program.programs(),
        Duel.median(solver) / 1e6,
        Duel.median(allocator) / 1e6,
        faster,
        apart,
        bad ? " MISSED" : "");
  }

  /** By connector: whether it gets its minimum, which a linear program cannot decide. */
  static boolean[] admitted(Allocation allocation, int connectors) {
    boolean[] admitted = new boolean[connectors];
    for (int i = 0; i < connectors; i++) {
      Cause cause = allocation.cause(i);
      admitted[i] = cause != Cause.PAUSED && cause != Cause.NEVER;
    }
    return admitted;
  }

  /** The largest difference of any connector, in watts. */
  static double apart(double[] watts, Allocation allocation) {
    double apart = 0;
    for (int i = 0; i < watts.length; i++) {
      apart = Math.max(apart, Math.abs(watts[i] - allocation.exactWatts(i)));
    }
    return apart;
  }

  /** Nanoseconds of the processor for one run, of as many as fill a time. */
  private double time(DoubleSupplier work, long nanos) {
    long start = THREADS.getCurrentThreadCpuTime();
    long spent = 0;
    int runs = 0;
    while (spent < nanos) {
      sink += work.getAsDouble();
      runs++;
      spent = THREADS.getCurrentThreadCpuTime() - start;
    }
    return (double) spent / runs;
  }

  private void print(String format, Object... values) {
    out.printf(Locale.ROOT, format, values);
    out.flush();
  }
}
