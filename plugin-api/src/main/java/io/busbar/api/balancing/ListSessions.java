package io.busbar.api.balancing;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Asks for a page of sessions, by when they began, newest first.
 *
 * @param active only those that last, or only those that ended
 * @param nodeId only those at one connector
 * @param from only those that lasted at that time or began later
 * @param to only those that began before that
 * @param limit at most this many, 1 to 500
 * @param cursor opaque, from the page before
 */
public record ListSessions(
    Optional<Boolean> active,
    Optional<UUID> nodeId,
    Optional<Instant> from,
    Optional<Instant> to,
    int limit,
    Optional<String> cursor) {}
