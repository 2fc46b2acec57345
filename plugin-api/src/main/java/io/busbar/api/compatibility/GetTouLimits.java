package io.busbar.api.compatibility;

import java.util.UUID;

/** Asks for the schedule of a circuit. */
public record GetTouLimits(UUID circuitId) {}
