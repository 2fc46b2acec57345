package io.busbar.api.balancing;

import java.time.Instant;
import java.util.UUID;

/**
 * A breach opened or was closed.
 *
 * @param eventId identity of the event
 * @param occurredAt when
 * @param actor who caused it
 * @param correlationId ties it to a request
 * @param microgridId the site
 * @param breach the breach, with {@code clearedAt} when closed
 */
public record BreachChanged(
    UUID eventId,
    Instant occurredAt,
    String actor,
    String correlationId,
    UUID microgridId,
    Breach breach) {}
