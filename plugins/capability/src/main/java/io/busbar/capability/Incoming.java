package io.busbar.capability;

import io.busbar.api.capability.StatusEvent;
import io.busbar.api.capability.StatusRecorded;
import java.util.List;
import java.util.Map;

/**
 * A status that keeps every rule and is to be stored.
 *
 * @param event as it will be in the history
 * @param key the same for the same report: one event per control point and key
 * @param actor who reported
 * @param source the door it came through
 * @param correlationId ties it to what else the report caused
 */
record Incoming(StatusEvent event, String key, String actor, String source, String correlationId) {

  /** What everything has beside its texts, roughly. */
  private static final int OVERHEAD = 200;

  /** Roughly the memory it takes while it waits to be stored, in bytes. */
  int weight() {
    int texts = event.operationalStatus().length() + key.length() + actor.length();
    return OVERHEAD + 2 * (texts + event.statusDetail().map(Incoming::characters).orElse(0));
  }

  /** Roughly the length of a value as JSON. */
  static int characters(Object value) {
    return switch (value) {
      case String text -> text.length();
      case Map<?, ?> map ->
          map.entrySet().stream()
              .mapToInt(e -> 4 + characters(e.getKey()) + characters(e.getValue()))
              .sum();
      case List<?> list -> list.stream().mapToInt(item -> 1 + characters(item)).sum();
      case null, default -> String.valueOf(value).length();
    };
  }

  StatusRecorded recorded() {
    return new StatusRecorded(
        event.statusEventId(),
        event.ingestedAt(),
        actor,
        correlationId,
        event.microgridId(),
        event.controlPointId(),
        event.nodeId(),
        event.capabilityType(),
        event.operationalStatus(),
        event.sourceEventRef(),
        event.observedAt());
  }
}
