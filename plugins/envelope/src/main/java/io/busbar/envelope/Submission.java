package io.busbar.envelope;

import io.busbar.api.envelope.EnvelopeBlock;
import io.busbar.api.envelope.OperatingEnvelope;
import io.busbar.api.envelope.OperatingEnvelope.Status;
import io.busbar.api.envelope.SubmitEnvelope;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Makes of a submission what is kept. */
final class Submission {

  private static final int LONGEST_REF = 500;

  private Submission() {}

  static Kept.Key key(SubmitEnvelope submitted) {
    return new Kept.Key(
        submitted.microgridId(),
        submitted.nodeId(),
        submitted.originControlPointId(),
        storable(submitted.sourceRef()));
  }

  /** A reference that breaks the rules is kept in a form that can be kept. */
  private static String storable(String ref) {
    StringBuilder text = new StringBuilder();
    ref.codePoints()
        .limit(LONGEST_REF)
        .map(c -> c == 0 || Character.getType(c) == Character.SURROGATE ? '\uFFFD' : c)
        .forEach(text::appendCodePoint);
    return text.toString();
  }

  /** The same in the precision in which times are kept: microseconds. */
  static SubmitEnvelope inMicros(SubmitEnvelope submitted) {
    return new SubmitEnvelope(
        submitted.microgridId(),
        submitted.nodeId(),
        submitted.originControlPointId(),
        submitted.envelopeType(),
        submitted.constraintType(),
        micros(submitted.effectiveFrom()),
        submitted.effectiveTo().map(Submission::micros),
        submitted.openEnded(),
        submitted.sourceRef(),
        submitted.blocks().stream()
            .map(
                block ->
                    new EnvelopeBlock(
                        micros(block.blockFrom()),
                        micros(block.blockTo()),
                        block.minLimitWatts(),
                        block.maxLimitWatts(),
                        block.targetWatts()))
            .toList(),
        submitted.actor(),
        submitted.correlationId());
  }

  private static Instant micros(Instant at) {
    return at.truncatedTo(ChronoUnit.MICROS);
  }

  /** Equal for the same submission, whoever sends it how often. */
  static UUID content(SubmitEnvelope submitted) {
    return Events.id(
        submitted.envelopeType(),
        submitted.constraintType(),
        submitted.effectiveFrom(),
        submitted.effectiveTo(),
        submitted.openEnded(),
        submitted.blocks());
  }

  static Kept accepted(SubmitEnvelope submitted, int revision, Instant now) {
    boolean begun = !submitted.effectiveFrom().isAfter(now);
    return kept(submitted, begun ? Status.ACTIVE : Status.PENDING, Optional.empty(), revision, now);
  }

  static Kept rejected(SubmitEnvelope submitted, String reason, int revision, Instant now) {
    return kept(submitted, Status.REJECTED, Optional.of(reason), revision, now);
  }

  private static Kept kept(
      SubmitEnvelope submitted, Status status, Optional<String> reason, int revision, Instant now) {
    Kept.Key key = key(submitted);
    OperatingEnvelope envelope =
        new OperatingEnvelope(
            Events.id("envelope", key, revision),
            submitted.microgridId(),
            submitted.nodeId(),
            submitted.originControlPointId(),
            submitted.envelopeType(),
            submitted.constraintType(),
            submitted.effectiveFrom(),
            submitted.effectiveTo(),
            key.sourceRef(),
            status,
            now,
            status == Status.REJECTED ? List.of() : submitted.blocks());
    return new Kept(
        envelope,
        content(submitted),
        revision,
        now,
        submitted.actor(),
        submitted.correlationId(),
        reason);
  }
}
