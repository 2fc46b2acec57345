package io.busbar.api.envelope;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Says how a source is. The first report makes the source known: from then on it counts as stale
 * when it falls silent.
 *
 * @param controlPointId the control point that it speaks for
 * @param online true: a sign of life; false: it is gone
 * @param at when that was seen
 * @param staleAfter changes how long it may be silent, more than 0
 * @param gapPolicy changes what counts while it says nothing
 * @param actor who reports
 * @param correlationId ties it to what caused it
 */
public record ReportSource(
    UUID controlPointId,
    boolean online,
    Instant at,
    Optional<Duration> staleAfter,
    Optional<GapPolicy> gapPolicy,
    String actor,
    String correlationId) {}
