package io.busbar.kernel.plugins;

import java.time.Duration;

/** How long to wait before the next start: 1 s, doubled by every failure in a row, up to 60 s. */
final class Backoff {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private Backoff() {}

  /**
   * The delay after a number of failures in a row.
   *
   * @param failures ≥ 1
   */
  static Duration after(int failures) {
    int doublings = Math.min(failures - 1, 6);
    Duration delay = FIRST.multipliedBy(1L << doublings);
    return delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
  }
}
