package io.busbar.api.topology;

import io.busbar.api.topology.ControlPoint.CapabilityType;
import io.busbar.api.topology.ControlPoint.ControlSource;
import io.busbar.api.topology.ControlPoint.State;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A control point was created or changed; fields as in {@link ControlPoint}. */
public record ControlPointUpdated(
    UUID eventId,
    Instant occurredAt,
    String actor,
    String correlationId,
    UUID microgridId,
    UUID controlPointId,
    Optional<UUID> nodeId,
    CapabilityType capabilityType,
    State state,
    ControlSource controlSource) {}
