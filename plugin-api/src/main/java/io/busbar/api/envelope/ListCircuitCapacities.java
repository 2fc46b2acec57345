package io.busbar.api.envelope;

/** Asks for the capacities of all managed grid connections, as computed last. */
public record ListCircuitCapacities() {}
