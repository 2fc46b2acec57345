package io.busbar.bench;

import java.util.Arrays;

/** How long each of many runs of one thing took. */
final class Laps {

  private long[] nanos = new long[1024];
  private int count;

  void add(long lap) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = lap;
  }

  /** Times one run. */
  void time(Runnable work) {
    long start = System.nanoTime();
    work.run();
    add(System.nanoTime() - start);
  }

  int count() {
    return count;
  }

  /**
   * The shortest time that a share of all runs did not exceed, in milliseconds.
   *
   * @param share above 0, at most 1
   */
  double millis(double share) {
    if (count == 0) {
      throw new IllegalStateException("nothing was timed");
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(share * count) - 1] / 1e6;
  }
}
