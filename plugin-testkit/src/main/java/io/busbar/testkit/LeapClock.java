package io.busbar.testkit;

import io.busbar.virtual.VirtualTime;
import java.time.Duration;
import java.time.Instant;

/** A clock and scheduler for tests: stands still until told to leap, then fires what is due. */
public final class LeapClock extends VirtualTime {

  /** Where tests begin unless they say otherwise: a Monday, 10:00 UTC. */
  public static final Instant START = Instant.parse("2026-03-02T10:00:00Z");

  public LeapClock() {
    this(START);
  }

  public LeapClock(Instant start) {
    super(
        start,
        fault -> {
          throw new AssertionError("a scheduled task threw", fault);
        });
  }

  /** Leaps by whole seconds, firing every timer on the way in order. */
  public void leapSeconds(long seconds) {
    advance(Duration.ofSeconds(seconds));
  }
}
