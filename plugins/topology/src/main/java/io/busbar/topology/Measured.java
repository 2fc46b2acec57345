package io.busbar.topology;

import io.busbar.api.field.Reading;
import io.busbar.api.field.Readings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What was measured of each node last, as long as it is recent. */
final class Measured {

  private static final Duration FRESH = Duration.ofSeconds(30);

  private record Value(int watts, Instant at) {}

  private final Map<UUID, Value> latest = new ConcurrentHashMap<>();
  private final Clock clock;

  Measured(Clock clock) {
    this.clock = clock;
  }

  void hear(Readings readings) {
    readings.readings().forEach(this::hear);
  }

  private void hear(Reading reading) {
    reading
        .powerWatts()
        .ifPresent(
            watts ->
                latest.merge(
                    reading.nodeId(),
                    new Value(watts, reading.measuredAt()),
                    (old, found) -> found.at().isBefore(old.at()) ? old : found));
  }

  /** Watts at a node; empty when nothing recent is known. */
  OptionalInt at(UUID nodeId) {
    Value value = latest.get(nodeId);
    boolean fresh = value != null && !value.at().plus(FRESH).isBefore(clock.instant());
    return fresh ? OptionalInt.of(value.watts()) : OptionalInt.empty();
  }
}
