package io.busbar.api.balancing;

import java.util.Optional;

/**
 * Asks for breaches of a site.
 *
 * @param open only those that are open, or only those that are closed; absent for both
 * @param limit at most this many
 * @param cursor from the page before
 */
public record ListBreaches(Optional<Boolean> open, int limit, Optional<String> cursor) {}
