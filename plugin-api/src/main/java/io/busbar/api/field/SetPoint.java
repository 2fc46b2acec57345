package io.busbar.api.field;

import java.time.Instant;
import java.util.UUID;

/**
 * What a connector may draw from now on. The driver converts to the device's unit, rounding down,
 * and never sets more than 0 below the connector's minimum.
 *
 * @param microgridId the site
 * @param nodeId the connector
 * @param limitWatts most it may draw; 0 pauses it
 * @param decidedAt when the decision behind it was made; of two set-points the one that was sent
 *     later says more, by a nanosecond at least, and a driver drops one that says less than the
 *     newest it has handed on
 * @param correlationId the cycle that decided
 */
public record SetPoint(
    UUID microgridId, UUID nodeId, int limitWatts, Instant decidedAt, String correlationId) {}
