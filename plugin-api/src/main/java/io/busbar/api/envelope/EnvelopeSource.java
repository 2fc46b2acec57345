package io.busbar.api.envelope;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Whom envelopes come from, and how well it is.
 *
 * @param controlPointId identity: the control point that it speaks for
 * @param microgridId the microgrid
 * @param health how it is
 * @param lastSeenAt last sign of life; absent when there never was one
 * @param staleAfter how long after the last sign of life it counts as stale
 * @param gapPolicy what counts while it is healthy but says nothing
 */
public record EnvelopeSource(
    UUID controlPointId,
    UUID microgridId,
    Health health,
    Optional<Instant> lastSeenAt,
    Duration staleAfter,
    GapPolicy gapPolicy) {

  /** How a source is. */
  public enum Health {
    ONLINE,
    /** No sign of life for too long, or never one. */
    STALE,
    /** It, or who speaks with it, says that it is gone. */
    OFFLINE
  }
}
