package io.busbar.api.compatibility;

import java.util.UUID;

/**
 * Replaces the schedule of a circuit.
 *
 * @param circuitId the circuit asset
 * @param schedule the new one; without windows nothing is limited
 * @param actor who asks
 * @param correlationId ties it to what caused it
 */
public record SetTouLimits(
    UUID circuitId, TouSchedule schedule, String actor, String correlationId) {}
