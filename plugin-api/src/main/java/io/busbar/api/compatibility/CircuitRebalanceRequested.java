package io.busbar.api.compatibility;

import java.time.Instant;
import java.util.UUID;

/**
 * An older program asks for a cycle of a circuit.
 *
 * @param eventId identity of the event
 * @param occurredAt when
 * @param actor who asks
 * @param correlationId makes it idempotent
 * @param circuitId the circuit asset
 */
public record CircuitRebalanceRequested(
    UUID eventId, Instant occurredAt, String actor, String correlationId, UUID circuitId) {}
