package io.busbar.api.envelope;

import io.busbar.api.topology.NodeLimit.ConstraintType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * What outside constraints leave of one node now, beside its baseline limits: the smallest of what
 * each source says. Sources never overwrite each other.
 *
 * @param nodeId the node
 * @param constraintType what is bounded
 * @param limitWatts the smallest value, ≥ 0
 * @param constraintRef where it comes from: {@code envelope:ID}, or {@code
 *     fail-safe:CONTROL_POINT_ID} when a source that is not healthy left nothing else
 * @param sources what each source says, smallest first, those without a limit last
 */
public record EffectiveLimit(
    UUID nodeId,
    ConstraintType constraintType,
    int limitWatts,
    String constraintRef,
    List<NamedLimit> sources) {

  public EffectiveLimit {
    sources = List.copyOf(sources);
  }

  /**
   * What one source says.
   *
   * @param controlPointId the source; absent for what the site itself set up
   * @param envelopeType FORECAST or FALLBACK for a source, TOU_LIMIT or OVERRIDE for an order
   * @param state whether it bounds
   * @param limitWatts its value; absent without one
   * @param constraintRef where the value comes from
   * @param until when this ends; absent when it has no end
   * @param lastSeenAt last sign of life of the source
   */
  public record NamedLimit(
      Optional<UUID> controlPointId,
      OperatingEnvelope.Type envelopeType,
      State state,
      OptionalInt limitWatts,
      Optional<String> constraintRef,
      Optional<Instant> until,
      Optional<Instant> lastSeenAt) {}

  /** Whether a source bounds. */
  public enum State {
    /** Never heard, or too long ago. What counts instead is in the value. */
    UNKNOWN,
    /** Heard: no limit now. */
    NONE,
    /** Heard: a limit. */
    VALUE
  }
}
