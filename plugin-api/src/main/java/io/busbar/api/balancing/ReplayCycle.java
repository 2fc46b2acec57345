package io.busbar.api.balancing;

import java.util.UUID;

/** Asks for a stored cycle to be decided once more. */
public record ReplayCycle(UUID cycleId) {}
