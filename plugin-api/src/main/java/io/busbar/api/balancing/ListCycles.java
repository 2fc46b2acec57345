package io.busbar.api.balancing;

import java.util.Optional;

/**
 * Asks for a page of cycles, newest first.
 *
 * @param limit at most this many, 1 to 500
 * @param cursor opaque, from the page before
 */
public record ListCycles(int limit, Optional<String> cursor) {}
