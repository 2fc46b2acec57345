package io.busbar.api.envelope;

import java.time.Instant;
import java.util.UUID;

/**
 * A source is better or worse than before, or follows other rules.
 *
 * @param eventId identity of the event
 * @param occurredAt when
 * @param actor who caused it
 * @param correlationId ties it to what caused it
 * @param microgridId the microgrid
 * @param source as it is now
 */
public record SourceChanged(
    UUID eventId,
    Instant occurredAt,
    String actor,
    String correlationId,
    UUID microgridId,
    EnvelopeSource source) {}
