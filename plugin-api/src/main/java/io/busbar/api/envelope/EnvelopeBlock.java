package io.busbar.api.envelope;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * One stretch of an envelope. At least one of the three values is there, min ≤ target ≤ max.
 *
 * @param blockFrom begin, inclusive
 * @param blockTo end, exclusive
 * @param minLimitWatts advisory: reported, never forced
 * @param maxLimitWatts what is enforced; the target when absent
 * @param targetWatts what circuits are told; the maximum when absent
 */
public record EnvelopeBlock(
    Instant blockFrom,
    Instant blockTo,
    OptionalInt minLimitWatts,
    OptionalInt maxLimitWatts,
    OptionalInt targetWatts) {

  /** A block that only bounds. */
  public static EnvelopeBlock max(Instant from, Instant to, int maxLimitWatts) {
    return new EnvelopeBlock(
        from, to, OptionalInt.empty(), OptionalInt.of(maxLimitWatts), OptionalInt.empty());
  }

  /** Whether it holds at an instant. */
  public boolean covers(Instant at) {
    return !at.isBefore(blockFrom) && at.isBefore(blockTo);
  }

  /** The bound to keep; empty when the block only advises. */
  public OptionalInt enforcedWatts() {
    return maxLimitWatts.isPresent() ? maxLimitWatts : targetWatts;
  }

  /** The bound as consumers of circuits are told it. */
  public OptionalInt circuitWatts() {
    return targetWatts.isPresent() ? targetWatts : maxLimitWatts;
  }
}
