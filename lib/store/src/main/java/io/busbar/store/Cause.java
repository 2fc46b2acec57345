package io.busbar.store;

import java.time.Instant;
import java.util.UUID;

/**
 * Who did what when, as the audit keeps it.
 *
 * @param eventId identity of the event; storing one twice is refused
 * @param occurredAt when, by the kernel's clock
 * @param actor who or what caused it
 * @param source part of the system that did it, such as a plugin id
 * @param correlationId ties together what one request caused
 */
public record Cause(
    UUID eventId, Instant occurredAt, String actor, String source, String correlationId) {}
