package io.busbar.api.envelope;

import io.busbar.api.topology.NodeLimit.ConstraintType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Submits an envelope. The same content under the same {@code sourceRef} of a node is the same
 * envelope; other content takes over what it overlaps of the one before.
 *
 * @param microgridId the microgrid, the same that the address is keyed by
 * @param nodeId the node it bounds
 * @param originControlPointId whom it comes from; absent for what the site itself set up
 * @param envelopeType how it counts
 * @param constraintType what it bounds
 * @param effectiveFrom begin, inclusive
 * @param effectiveTo end, exclusive; absent only when {@code openEnded}
 * @param openEnded says in so many words that there is no end: a forgotten end is refused
 * @param sourceRef opaque reference of the sender, 1 to 500 characters
 * @param blocks ordered, not overlapping, inside the window; the last one of an open-ended envelope
 *     ends at {@link #NO_END}
 * @param actor who submits
 * @param correlationId ties it to what caused it
 */
public record SubmitEnvelope(
    UUID microgridId,
    UUID nodeId,
    Optional<UUID> originControlPointId,
    OperatingEnvelope.Type envelopeType,
    ConstraintType constraintType,
    Instant effectiveFrom,
    Optional<Instant> effectiveTo,
    boolean openEnded,
    String sourceRef,
    List<EnvelopeBlock> blocks,
    String actor,
    String correlationId) {

  /** End of a block that has none. */
  public static final Instant NO_END = Instant.parse("9999-12-31T00:00:00Z");

  public SubmitEnvelope {
    blocks = List.copyOf(blocks);
  }
}
