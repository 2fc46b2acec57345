package io.busbar.modbus.lane;

import java.util.random.RandomGenerator;

/**
 * Keeps away from what does not answer: after every failure for twice as long as before, with a
 * random part so that many do not come back at the same instant. When the pause is over one try
 * goes through, and only a valid answer ends it. Times are nanoseconds of a monotonic clock.
 */
final class Breaker {

  private static final int DOUBLINGS = 20;
  private static final double JITTER = 0.2;

  private final long floor;
  private final long ceiling;
  private final RandomGenerator random;
  private int failures;
  private long opensAt = Long.MIN_VALUE;

  Breaker(LaneRules rules, RandomGenerator random) {
    this.floor = rules.pauseFloor().toNanos();
    this.ceiling = rules.pauseCeiling().toNanos();
    this.random = random;
  }

  boolean allows(long now) {
    return failures == 0 || now - opensAt >= 0;
  }

  /** When the next try goes through; of meaning only after a failure. */
  long opensAt() {
    return opensAt;
  }

  /** Failures since the last valid answer. */
  int failures() {
    return failures;
  }

  void failed(long now) {
    long pause = Math.min(ceiling, floor << Math.min(failures, DOUBLINGS));
    failures++;
    opensAt = now + (long) (pause * (1 - JITTER * random.nextDouble()));
  }

  void succeeded() {
    failures = 0;
  }
}
