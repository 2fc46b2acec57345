package io.busbar.api.balancing;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * How a site is balanced.
 *
 * @param microgridId the site
 * @param strategy the one in force
 * @param granularity the one in force
 * @param configuredStrategy what the configuration says
 * @param configuredGranularity the same
 * @param chosenStrategy what somebody chose instead; absent when the configuration counts
 * @param chosenGranularity the same
 * @param changedAt when that was changed last; absent when it never was
 * @param changedBy who did
 */
public record SiteSettings(
    UUID microgridId,
    Strategy strategy,
    Granularity granularity,
    Strategy configuredStrategy,
    Granularity configuredGranularity,
    Optional<Strategy> chosenStrategy,
    Optional<Granularity> chosenGranularity,
    Optional<Instant> changedAt,
    Optional<String> changedBy) {}
