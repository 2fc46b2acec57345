package io.busbar.envelope;

import io.busbar.api.envelope.EnvelopeBlock;
import io.busbar.api.envelope.OperatingEnvelope;
import io.busbar.api.envelope.OperatingEnvelope.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An envelope with what is kept beside it.
 *
 * @param envelope as others see it
 * @param content digest of what was submitted: equal for the same submission
 * @param revision number of the envelope among those of its node and reference, from 1
 * @param evaluatedTo the last boundary that was reached
 * @param actor who submitted it
 * @param correlationId ties it to what caused it
 * @param rejectedFor why it was rejected
 */
record Kept(
    OperatingEnvelope envelope,
    UUID content,
    int revision,
    Instant evaluatedTo,
    String actor,
    String correlationId,
    Optional<String> rejectedFor) {

  /**
   * What makes two submissions about the same thing. References of different senders have nothing
   * to do with each other: sources never overwrite each other.
   */
  record Key(UUID microgridId, UUID nodeId, Optional<UUID> origin, String sourceRef) {}

  Key key() {
    return new Key(
        envelope.microgridId(),
        envelope.nodeId(),
        envelope.originControlPointId(),
        envelope.sourceRef());
  }

  UUID id() {
    return envelope.envelopeId();
  }

  boolean isLive() {
    return envelope.status() == Status.PENDING || envelope.status() == Status.ACTIVE;
  }

  /** The next instant at which it changes; empty when there is none. */
  Optional<Instant> nextBoundary() {
    return isLive() ? boundaryAfter(evaluatedTo) : Optional.empty();
  }

  /** The first begin or end, of itself or of a block, later than an instant. */
  Optional<Instant> boundaryAfter(Instant after) {
    Instant next = earlier(null, envelope.effectiveFrom(), after);
    next = earlier(next, envelope.effectiveTo().orElse(null), after);
    for (EnvelopeBlock block : envelope.blocks()) {
      next = earlier(next, block.blockFrom(), after);
      next = earlier(next, block.blockTo(), after);
    }
    boolean endless = next != null && !next.isBefore(Rules.NO_END);
    return endless ? Optional.empty() : Optional.ofNullable(next);
  }

  private static Instant earlier(Instant best, Instant candidate, Instant after) {
    boolean counts = candidate != null && candidate.isAfter(after);
    return counts && (best == null || candidate.isBefore(best)) ? candidate : best;
  }

  /** The same once a boundary was reached. */
  Kept reached(Instant boundary) {
    boolean over = envelope.effectiveTo().filter(end -> !boundary.isBefore(end)).isPresent();
    return with(over ? Status.EXPIRED : statusFrom(boundary), envelope.blocks(), boundary);
  }

  private Status statusFrom(Instant at) {
    return at.isBefore(envelope.effectiveFrom()) ? Status.PENDING : Status.ACTIVE;
  }

  /** The same, ended before its time. */
  Kept withdrawn(Instant now) {
    return with(Status.WITHDRAWN, envelope.blocks(), now);
  }

  /**
   * The same without a stretch that another envelope took over; withdrawn when nothing to come is
   * left of it.
   */
  Kept without(Instant from, Instant to, Instant now) {
    List<EnvelopeBlock> rest = new ArrayList<>();
    for (EnvelopeBlock block : envelope.blocks()) {
      add(rest, block, block.blockFrom(), earliest(block.blockTo(), from));
      add(rest, block, latest(block.blockFrom(), to), block.blockTo());
    }
    boolean over = rest.stream().noneMatch(block -> block.blockTo().isAfter(now));
    return with(over ? Status.WITHDRAWN : envelope.status(), rest, evaluatedTo);
  }

  private static void add(List<EnvelopeBlock> to, EnvelopeBlock block, Instant from, Instant end) {
    if (from.isBefore(end)) {
      to.add(
          new EnvelopeBlock(
              from, end, block.minLimitWatts(), block.maxLimitWatts(), block.targetWatts()));
    }
  }

  private static Instant earliest(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private static Instant latest(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private Kept with(Status status, List<EnvelopeBlock> blocks, Instant evaluated) {
    OperatingEnvelope next =
        new OperatingEnvelope(
            envelope.envelopeId(),
            envelope.microgridId(),
            envelope.nodeId(),
            envelope.originControlPointId(),
            envelope.envelopeType(),
            envelope.constraintType(),
            envelope.effectiveFrom(),
            envelope.effectiveTo(),
            envelope.sourceRef(),
            status,
            envelope.receivedAt(),
            blocks);
    return new Kept(next, content, revision, evaluated, actor, correlationId, rejectedFor);
  }
}
