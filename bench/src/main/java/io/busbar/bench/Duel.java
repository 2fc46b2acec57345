package io.busbar.bench;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import java.util.function.IntToLongFunction;
import java.util.function.LongSupplier;

/**
 * Times two pieces of work turn by turn, so that whatever else the machine does meanwhile meets
 * both of them alike and their ratio can be trusted more than either figure.
 */
final class Duel {

  /**
   * Nanoseconds that one run takes, medians over the rounds.
   *
   * @param sink depends on every result, so that no work can be left out
   */
  record Result(double firstNanos, double secondNanos, double ratio, double sink) {}

  private static final int ROUNDS = 31;
  private static final long WARM_UP_NANOS = 1_500_000_000;
  private static final long ROUND_NANOS = 20_000_000;

  /** Work of which only a part is timed. */
  interface Work {
    /** What is not timed. */
    void prepare();

    /** What is; the result depends on all of it. */
    double run();
  }

  private final LongSupplier nanoTime;
  private double sink;

  Duel(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  Result run(DoubleSupplier first, DoubleSupplier second) {
    return run((IntToLongFunction) runs -> together(first, runs), second);
  }

  /** The first is timed without its preparation, each run by itself. */
  Result run(Work first, DoubleSupplier second) {
    return run((IntToLongFunction) runs -> apart(first, runs), second);
  }

  private Result run(IntToLongFunction first, DoubleSupplier other) {
    IntToLongFunction second = runs -> together(other, runs);
    int firstRuns = warmUp(first);
    int secondRuns = warmUp(second);
    double[] firstNanos = new double[ROUNDS];
    double[] secondNanos = new double[ROUNDS];
    double[] ratios = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      firstNanos[round] = (double) first.applyAsLong(firstRuns) / firstRuns;
      secondNanos[round] = (double) second.applyAsLong(secondRuns) / secondRuns;
      ratios[round] = firstNanos[round] / secondNanos[round];
    }
    return new Result(median(firstNanos), median(secondNanos), median(ratios), sink);
  }

  /** Runs until compiled, and finds how many runs fill a round. */
  private static int warmUp(IntToLongFunction work) {
    long runs = 0;
    long spent = 0;
    while (spent < WARM_UP_NANOS || runs < 10) {
      spent += work.applyAsLong(1);
      runs++;
    }
    return Math.clamp(ROUND_NANOS * runs / spent, 1, 1_000_000);
  }

  private long together(DoubleSupplier work, int runs) {
    long start = nanoTime.getAsLong();
    for (int run = 0; run < runs; run++) {
      sink += work.getAsDouble();
    }
    return nanoTime.getAsLong() - start;
  }

  private long apart(Work work, int runs) {
    long spent = 0;
    for (int run = 0; run < runs; run++) {
      work.prepare();
      spent += together(work::run, 1);
    }
    return spent;
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
