package io.busbar.api.envelope;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An envelope reached a boundary of its life or of one of its blocks, or was withdrawn.
 *
 * @param eventId identity of the event: the same for the same boundary, however late it is seen
 * @param occurredAt when it was seen, later than {@code evaluatedAt} after an outage
 * @param actor who caused it
 * @param correlationId ties it to what caused it
 * @param envelopeId the envelope
 * @param microgridId the microgrid
 * @param originControlPointId whom it comes from
 * @param nodeId the node it bounds
 * @param status what it is from then on
 * @param evaluatedAt the instant of the boundary
 */
public record EnvelopeEvaluated(
    UUID eventId,
    Instant occurredAt,
    String actor,
    String correlationId,
    UUID envelopeId,
    UUID microgridId,
    Optional<UUID> originControlPointId,
    UUID nodeId,
    OperatingEnvelope.Status status,
    Instant evaluatedAt) {}
