package io.busbar.api.balancing;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A limit exceeded by what is measured. Opens once, stays open over cycles, is closed when the
 * demand is back under the limit. A limit on consumption is compared with consumption, one on
 * generation with generation, a net limit with the difference in either direction.
 *
 * @param breachId identity
 * @param microgridId the site
 * @param nodeId the node; absent for the aggregate
 * @param constraintRef the limit, as {@code node-limit:ID} or {@code envelope:ID}
 * @param reasonCode which kind of limit
 * @param effectiveDemandWatts most that was seen while it is open, of what the limit bounds; of a
 *     net limit negative when more is fed in than it allows
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
