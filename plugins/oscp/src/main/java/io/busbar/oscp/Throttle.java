package io.busbar.oscp;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Slows down whoever guesses tokens: after so many failures an address waits for a minute. */
final class Throttle {

  private static final int MOST_ADDRESSES = 10_000;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final int failuresPerMinute;
  private final Map<String, Failures> byAddress = new HashMap<>();

  private record Failures(Duration since, int count) {}

  Throttle(int failuresPerMinute) {
    this.failuresPerMinute = failuresPerMinute;
  }

  /** Whether an address has to wait, whatever it shows. */
  synchronized boolean holds(String address, Duration elapsed) {
    Failures failures = byAddress.get(address);
    return failures != null
        && failures.count() >= failuresPerMinute
        && elapsed.minus(failures.since()).compareTo(MINUTE) < 0;
  }

  synchronized void failed(String address, Duration elapsed) {
    if (byAddress.size() >= MOST_ADDRESSES) {
      byAddress
          .values()
          .removeIf(failures -> elapsed.minus(failures.since()).compareTo(MINUTE) >= 0);
    }
    byAddress.merge(
        address,
        new Failures(elapsed, 1),
        (before, one) ->
            elapsed.minus(before.since()).compareTo(MINUTE) >= 0
                ? one
                : new Failures(before.since(), before.count() + 1));
  }
}
