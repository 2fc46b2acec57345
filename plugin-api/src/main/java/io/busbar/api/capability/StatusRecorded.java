package io.busbar.api.capability;

import io.busbar.api.topology.ControlPoint.CapabilityType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A status was recorded; fields as in {@link StatusEvent}.
 *
 * @param eventId identity of the event, the {@code status_event_id}
 * @param occurredAt when it came in
 */
public record StatusRecorded(
    UUID eventId,
    Instant occurredAt,
    String actor,
    String correlationId,
    UUID microgridId,
    UUID controlPointId,
    Optional<UUID> nodeId,
    CapabilityType capabilityType,
    String operationalStatus,
    Optional<String> sourceEventRef,
    Instant observedAt) {}
