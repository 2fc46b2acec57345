package io.busbar.api.balancing;

import java.util.Optional;

/**
 * Chooses how a site is balanced, in the place of what its configuration says.
 *
 * @param strategy who goes first; absent to go back to what is configured
 * @param granularity among whom power is shared; absent to go back to what is configured
 * @param actor who asks
 * @param correlationId ties the resulting event and cycle together
 */
public record SetSettings(
    Optional<Strategy> strategy,
    Optional<Granularity> granularity,
    String actor,
    String correlationId) {}
