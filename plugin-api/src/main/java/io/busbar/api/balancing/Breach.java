package io.busbar.api.balancing;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A limit exceeded by what is measured. Opens once, stays open over cycles, is closed when the
 * demand is back under the limit.
 *
 * @param breachId identity
 * @param microgridId the site
 * @param nodeId the node; absent for the aggregate
 * @param constraintRef the limit, as {@code node-limit:ID}
 * @param reasonCode which kind of limit
 * @param effectiveDemandWatts highest demand seen while it is open
 * @param resolvedLimitWatts the limit
 * @param sourceMode whether the demand was measured
 * @param detectedAt when it opened
 * @param clearedAt when it was closed; absent while open
 */
public record Breach(
    UUID breachId,
    UUID microgridId,
    Optional<UUID> nodeId,
    String constraintRef,
    ReasonCode reasonCode,
    int effectiveDemandWatts,
    int resolvedLimitWatts,
    SourceMode sourceMode,
    Instant detectedAt,
    Optional<Instant> clearedAt) {}
