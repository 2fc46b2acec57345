package io.busbar.api.envelope;

import java.time.Instant;
import java.util.UUID;

/**
 * The effective capacity of a feeder circuit is another one.
 *
 * @param eventId identity of the event
 * @param occurredAt when
 * @param actor who caused it
 * @param correlationId ties it to what caused it
 * @param microgridId the microgrid
 * @param nodeId the managed grid connection
 * @param circuitId the circuit asset
 * @param effectiveCapacityWatts what it may carry now
 * @param projectionTrigger what made it be computed
 */
public record CircuitCapacityChanged(
    UUID eventId,
    Instant occurredAt,
    String actor,
    String correlationId,
    UUID microgridId,
    UUID nodeId,
    UUID circuitId,
    int effectiveCapacityWatts,
    CircuitCapacity.Trigger projectionTrigger) {}
