package io.busbar.modbus.lane;

import java.util.Comparator;
import java.util.concurrent.CompletableFuture;

/**
 * Work that waits for its turn.
 *
 * @param unit whom it asks
 * @param dueAt not before, in nanoseconds of the monotonic clock
 * @param expiresAt fails when it has not begun by then
 * @param number order of submission
 */
record Job<T>(
    int unit,
    Priority priority,
    long dueAt,
    long expiresAt,
    long number,
    Work<T> work,
    CompletableFuture<T> result) {

  static final Comparator<Job<?>> MORE_URGENT =
      Comparator.<Job<?>, Priority>comparing(Job::priority)
          .thenComparing((a, b) -> Long.signum(a.dueAt() - b.dueAt()))
          .thenComparingLong(Job::number);

  boolean isDue(long now) {
    return now - dueAt >= 0;
  }

  boolean isExpired(long now) {
    return now - expiresAt >= 0;
  }
}
