package io.busbar.api.balancing;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A cycle was asked for from outside.
 *
 * @param eventId identity of the event
 * @param occurredAt when
 * @param actor who caused it
 * @param correlationId ties it to a request
 * @param microgridId the site
 * @param nodeId narrows it to a subtree
 * @param source where the wish comes from
 */
public record RebalanceRequested(
    UUID eventId,
    Instant occurredAt,
    String actor,
    String correlationId,
    UUID microgridId,
    Optional<UUID> nodeId,
    String source) {}
