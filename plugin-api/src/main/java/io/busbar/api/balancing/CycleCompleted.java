package io.busbar.api.balancing;

import java.time.Instant;
import java.util.UUID;

/**
 * A cycle is decided and stored.
 *
 * @param eventId identity of the event
 * @param occurredAt when
 * @param actor who caused it
 * @param correlationId ties it to a request
 * @param microgridId the site
 * @param cycle its result
 */
public record CycleCompleted(
    UUID eventId,
    Instant occurredAt,
    String actor,
    String correlationId,
    UUID microgridId,
    CycleResult cycle) {}
