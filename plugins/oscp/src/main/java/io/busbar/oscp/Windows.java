package io.busbar.oscp;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Windows of metering: they begin at multiples of their length in UTC. */
final class Windows {

  private Windows() {}

  /** A window: begin inclusive, end exclusive. */
  record Window(Instant from, Instant to) {}

  /** The last boundary that is not after an instant. */
  static Instant boundary(Instant at, Duration period) {
    long millis = period.toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(at.toEpochMilli(), millis) * millis);
  }

  /** The first boundary after an instant. */
  static Instant nextBoundary(Instant at, Duration period) {
    return boundary(at, period).plus(period);
  }

  /** Windows after a cursor that have ended by an instant, oldest first. */
  static List<Window> complete(Instant cursor, Instant at, Duration period) {
    List<Window> windows = new ArrayList<>();
    for (Instant from = cursor; !from.plus(period).isAfter(at); from = from.plus(period)) {
      windows.add(new Window(from, from.plus(period)));
    }
    return windows;
  }
}
