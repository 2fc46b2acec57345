package io.busbar.api.envelope;

import java.time.Instant;
import java.util.Optional;

/**
 * Asks for the proof log, newest first.
 *
 * @param from begin of what is asked for, inclusive
 * @param to its end, exclusive
 * @param limit at most this many, 1 to 500
 */
public record ListProofs(Optional<Instant> from, Optional<Instant> to, int limit) {}
