package io.busbar.api.balancing;

import java.time.Instant;
import java.util.UUID;

/**
 * A session began, changed or ended.
 *
 * @param eventId identity of the event
 * @param occurredAt when
 * @param actor who caused it; {@code device} when a device said so
 * @param correlationId ties it to a request
 * @param microgridId the site
 * @param session as it is then
 */
public record SessionChanged(
    UUID eventId,
    Instant occurredAt,
    String actor,
    String correlationId,
    UUID microgridId,
    SiteSession session) {}
