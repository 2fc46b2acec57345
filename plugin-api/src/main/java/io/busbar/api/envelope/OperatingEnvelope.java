package io.busbar.api.envelope;

import io.busbar.api.topology.NodeLimit.ConstraintType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A limit from outside that holds for a time, on top of baseline limits. It only ever tightens.
 *
 * @param envelopeId identity
 * @param microgridId the microgrid
 * @param nodeId the node it bounds
 * @param originControlPointId whom it comes from; absent for what the site itself set up
 * @param envelopeType how it counts
 * @param constraintType what it bounds
 * @param effectiveFrom begin, inclusive
 * @param effectiveTo end, exclusive; absent for one that holds until it is withdrawn
 * @param sourceRef opaque reference of the sender: audit and idempotency
 * @param status where it stands in its life
 * @param receivedAt when it was taken
 * @param blocks ordered, never overlapping, inside the window; gaps are allowed. Parts that a later
 *     envelope of the same {@code sourceRef} took over are cut out
 */
public record OperatingEnvelope(
    UUID envelopeId,
    UUID microgridId,
    UUID nodeId,
    Optional<UUID> originControlPointId,
    Type envelopeType,
    ConstraintType constraintType,
    Instant effectiveFrom,
    Optional<Instant> effectiveTo,
    String sourceRef,
    Status status,
    Instant receivedAt,
    List<EnvelopeBlock> blocks) {

  public OperatingEnvelope {
    blocks = List.copyOf(blocks);
  }

  /** How an envelope counts. */
  public enum Type {
    /** A schedule by the hour of the week; always tightens. */
    TOU_LIMIT,
    /** What a partner foresees; counts while its source is healthy. */
    FORECAST,
    /** What counts while its source is not healthy. */
    FALLBACK,
    /** An order; always tightens. */
    OVERRIDE
  }

  /** Where an envelope stands in its life. */
  public enum Status {
    PENDING,
    ACTIVE,
    EXPIRED,
    WITHDRAWN,
    REJECTED
  }

  /** The block that holds at an instant. */
  public Optional<EnvelopeBlock> blockAt(Instant at) {
    return blocks.stream().filter(block -> block.covers(at)).findFirst();
  }
}
