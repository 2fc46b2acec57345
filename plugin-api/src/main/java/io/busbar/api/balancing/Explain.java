package io.busbar.api.balancing;

import java.util.Optional;
import java.util.UUID;

/** Asks why a node got what it got; without {@code cycleId} in the last cycle. */
public record Explain(Optional<UUID> cycleId, UUID nodeId) {}
