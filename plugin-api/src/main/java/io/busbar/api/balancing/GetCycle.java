package io.busbar.api.balancing;

import java.util.UUID;

/** Asks for one cycle. */
public record GetCycle(UUID cycleId) {}
