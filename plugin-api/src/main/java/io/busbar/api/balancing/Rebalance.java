package io.busbar.api.balancing;

import java.util.Optional;
import java.util.UUID;

/**
 * Asks for one cycle.
 *
 * @param nodeId narrows it to a subtree
 * @param actor who asks
 * @param source where the wish comes from, for example {@code api} or {@code envelope}
 * @param correlationId makes it idempotent
 */
public record Rebalance(Optional<UUID> nodeId, String actor, String source, String correlationId) {

  /** Source of a request that spoke of a circuit; its cycle says so among its reasons. */
  public static final String CIRCUIT_ALIAS = "circuit_alias";
}
