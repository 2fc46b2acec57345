package io.busbar.api.topology;

import java.time.Instant;
import java.util.UUID;

/**
 * A microgrid was imported or its tree changed.
 *
 * @param eventId identity of the event
 * @param occurredAt when
 * @param actor who caused it
 * @param correlationId ties it to the request
 * @param microgridId the microgrid
 * @param version version after the change
 * @param updatedBy the same as {@code actor}, under the name older listeners know
 */
public record TopologyUpdated(
    UUID eventId,
    Instant occurredAt,
    String actor,
    String correlationId,
    UUID microgridId,
    int version,
    String updatedBy) {}
