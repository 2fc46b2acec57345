package io.busbar.envelope;

import io.busbar.api.Topic;
import java.time.Instant;
import java.util.UUID;

/** Something to keep in the audit and to tell after the commit. */
record Telling<E>(
    Topic<E> topic,
    E event,
    UUID eventId,
    Instant occurredAt,
    String actor,
    String correlationId) {}
