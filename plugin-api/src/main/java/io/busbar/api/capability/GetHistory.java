package io.busbar.api.capability;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Asks for a page of a control point's history, newest first.
 *
 * @param microgridId the microgrid
 * @param controlPointId the control point
 * @param from observed not before (inclusive)
 * @param to observed before (exclusive)
 * @param limit at most this many, 1 to 500
 * @param cursor opaque, from the page before
 */
public record GetHistory(
    UUID microgridId,
    UUID controlPointId,
    Optional<Instant> from,
    Optional<Instant> to,
    int limit,
    Optional<String> cursor) {}
