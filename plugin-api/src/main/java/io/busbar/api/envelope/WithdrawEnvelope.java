package io.busbar.api.envelope;

import java.util.UUID;

/**
 * Ends an envelope before its time.
 *
 * @param envelopeId the envelope
 * @param actor who asks
 * @param correlationId ties it to what caused it
 */
public record WithdrawEnvelope(UUID envelopeId, String actor, String correlationId) {}
