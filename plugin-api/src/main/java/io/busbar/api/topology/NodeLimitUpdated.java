package io.busbar.api.topology;

import io.busbar.api.topology.NodeLimit.ConstraintType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A limit was created or changed.
 *
 * @param eventId identity of the event
 * @param occurredAt when
 * @param actor who caused it
 * @param correlationId ties it to the request
 * @param microgridId the microgrid
 * @param nodeLimitId the limit
 * @param nodeId its node; absent for the aggregate cap
 * @param constraintType what it bounds
 * @param limit the limit as it is now
 */
public record NodeLimitUpdated(
    UUID eventId,
    Instant occurredAt,
    String actor,
    String correlationId,
    UUID microgridId,
    UUID nodeLimitId,
    Optional<UUID> nodeId,
    ConstraintType constraintType,
    NodeLimit limit) {}
