package io.busbar.api.compatibility;

import java.util.UUID;

/** Asks what a circuit can carry. */
public record GetCircuit(UUID circuitId) {}
