package io.busbar.api.balancing;

import java.time.Instant;
import java.util.UUID;

/**
 * A site is balanced in another way from now on.
 *
 * @param eventId identity of the event
 * @param occurredAt when
 * @param actor who caused it
 * @param correlationId ties it to a request
 * @param microgridId the site
 * @param settings as they are then
 */
public record SettingsChanged(
    UUID eventId,
    Instant occurredAt,
    String actor,
    String correlationId,
    UUID microgridId,
    SiteSettings settings) {}
