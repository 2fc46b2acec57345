package io.busbar.api.audit;

import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

/**
 * A place in the audit, the same order in every plugin: by time, then by event id as text. Greater
 * is newer.
 *
 * @param occurredAt time of the event, microseconds
 * @param eventId identity of the event
 */
public record AuditPlace(Instant occurredAt, UUID eventId) implements Comparable<AuditPlace> {

  private static final Comparator<AuditPlace> ORDER =
      Comparator.comparing(AuditPlace::occurredAt)
          .thenComparing(place -> place.eventId().toString());

  @Override
  public int compareTo(AuditPlace other) {
    return ORDER.compare(this, other);
  }
}
