package io.busbar.api.topology;

import java.util.UUID;

/** Asks to derive the tree of a depot anew. */
public record Resync(UUID depotId, String actor, String correlationId) {}
