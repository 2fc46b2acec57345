package io.busbar.api.oscp;

import java.time.Instant;
import java.util.UUID;

/**
 * Something happened to a connection.
 *
 * @param eventId identity of the event
 * @param occurredAt when
 * @param actor who caused it
 * @param correlationId ties it to what caused it
 * @param microgridId a microgrid that the connection steers; of several each is told
 * @param connectionId the connection
 * @param kind stable machine name, such as {@code STAGE_CHANGED} or {@code WINDOW_DROPPED}
 * @param stage where the connection stands since
 * @param message for people
 */
public record ConnectionEvent(
    UUID eventId,
    Instant occurredAt,
    String actor,
    String correlationId,
    UUID microgridId,
    String connectionId,
    String kind,
    ConnectionStage stage,
    String message) {}
