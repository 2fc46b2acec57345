package io.busbar.capability;

import io.busbar.api.capability.StatusEvent;
import io.busbar.api.capability.StatusRecorded;

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
