package io.busbar.api.topology;

import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.api.topology.NodeLimit.SourceType;
import io.busbar.api.topology.NodeLimit.Status;
import java.util.Optional;
import java.util.UUID;

/**
 * Asks to create a limit or to change one.
 *
 * @param nodeLimitId the one to change; absent to create one
 * @param nodeId the node; absent for the aggregate cap of the whole microgrid
 * @param constraintType what it bounds
 * @param limitWatts the bound, ≥ 0
 * @param limitAmps bounds on lines, beside the watts
 * @param sourceType where it comes from; not PHYSICAL_DERIVED, which assets alone decide
 * @param status whether it binds
 * @param actor who asks
 * @param correlationId ties the resulting events together
 */
public record SetNodeLimit(
    Optional<UUID> nodeLimitId,
    Optional<UUID> nodeId,
    ConstraintType constraintType,
    int limitWatts,
    Optional<LineAmps> limitAmps,
    SourceType sourceType,
    Status status,
    String actor,
    String correlationId) {}
