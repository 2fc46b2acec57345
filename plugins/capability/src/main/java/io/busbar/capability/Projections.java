package io.busbar.capability;

import io.busbar.api.capability.StatusEvent;
import io.busbar.api.capability.StatusProjection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Latest statuses as pure values. */
final class Projections {

  private Projections() {}

  static StatusProjection of(StatusEvent event) {
    return new StatusProjection(
        event.microgridId(),
        event.controlPointId(),
        event.nodeId(),
        event.capabilityType(),
        event.statusEventId(),
        event.operationalStatus(),
        event.reportedBy(),
        event.observedAt(),
        event.ingestedAt(),
        0,
        event.statusDetail());
  }

  static StatusProjection later(StatusProjection a, StatusProjection b) {
    return Cursor.of(a).compareTo(Cursor.of(b)) >= 0 ? a : b;
  }

  /** As seen at an instant. */
  static StatusProjection fresh(StatusProjection latest, Instant now) {
    return new StatusProjection(
        latest.microgridId(),
        latest.controlPointId(),
        latest.nodeId(),
        latest.capabilityType(),
        latest.statusEventId(),
        latest.latestOperationalStatus(),
        latest.reportedBy(),
        latest.lastObservedAt(),
        latest.lastIngestedAt(),
        Math.max(0, Duration.between(latest.lastObservedAt(), now).toSeconds()),
        latest.statusDetail());
  }

  /** Cursor behind a page; absent when it was the last. */
  static Optional<String> next(List<StatusEvent> page, int limit) {
    return page.size() < limit ? Optional.empty() : Optional.of(Cursor.of(page.getLast()).text());
  }
}
