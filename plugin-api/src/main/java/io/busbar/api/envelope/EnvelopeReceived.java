package io.busbar.api.envelope;

import io.busbar.api.topology.NodeLimit.ConstraintType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An envelope was taken, or kept as rejected.
 *
 * @param eventId identity of the event
 * @param occurredAt when
 * @param actor who submitted it
 * @param correlationId ties it to what caused it
 * @param envelopeId the envelope
 * @param microgridId the microgrid
 * @param originControlPointId whom it comes from
 * @param nodeId the node it bounds
 * @param constraintType what it bounds
 * @param effectiveFrom begin
 * @param effectiveTo end; absent when it has none
 * @param sourceRef the sender's reference
 * @param rejectedFor why it was rejected; absent when it was not
 */
public record EnvelopeReceived(
    UUID eventId,
    Instant occurredAt,
    String actor,
    String correlationId,
    UUID envelopeId,
    UUID microgridId,
    Optional<UUID> originControlPointId,
    UUID nodeId,
    ConstraintType constraintType,
    Instant effectiveFrom,
    Optional<Instant> effectiveTo,
    String sourceRef,
    Optional<String> rejectedFor) {}
