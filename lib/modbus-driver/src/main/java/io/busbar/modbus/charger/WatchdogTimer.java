package io.busbar.modbus.charger;

import java.time.Duration;

/**
 * When a device's watchdog has to be fed, and when it has run out. Times are nanoseconds of a
 * monotonic clock.
 */
final class WatchdogTimer {

  private Duration timeout = Duration.ZERO;
  private boolean fed;
  private long fedAt;
  private long longestGap;

  /** Sets the device's timeout; zero for none. */
  void timeout(Duration value) {
    timeout = value;
  }

  Duration timeout() {
    return timeout;
  }

  /** The device acknowledged what feeds it. */
  void feed(long now) {
    if (fed) {
      longestGap = Math.max(longestGap, now - fedAt);
    }
    fed = true;
    fedAt = now;
  }

  /** Time until half the timeout is over. */
  Duration untilDue(long now) {
    return fed ? Duration.ofNanos(fedAt - now).plus(timeout.dividedBy(2)) : Duration.ZERO;
  }

  /** Whether the device must have fallen back by now. */
  boolean isExpired(long now) {
    return fed && !timeout.isZero() && now - fedAt > timeout.toNanos();
  }

  /** Longest time between two acknowledged feeds. */
  Duration longestGap() {
    return Duration.ofNanos(longestGap);
  }
}
