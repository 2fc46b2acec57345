package io.busbar.api.envelope;

import java.time.Instant;
import java.util.UUID;

/**
 * Asks what a feeder circuit can carry, brought up to date for that instant.
 *
 * @param circuitId the circuit asset
 * @param occurredAt usually now
 */
public record GetCircuitCapacity(UUID circuitId, Instant occurredAt) {}
