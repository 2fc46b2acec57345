package io.busbar.api.compatibility;

import java.time.Instant;
import java.util.UUID;

/**
 * A circuit stood for a node of a microgrid.
 *
 * @param eventId identity of the event: the same for the same request
 * @param occurredAt when
 * @param actor who asked
 * @param correlationId ties it to the request
 * @param circuitId the circuit asset
 * @param microgridId what it belongs to
 * @param nodeId the node that stands for it
 * @param path the older contract that was used, such as {@code rebalance_load} or {@code
 *     tou_limits}
 */
public record CircuitAliasApplied(
    UUID eventId,
    Instant occurredAt,
    String actor,
    String correlationId,
    UUID circuitId,
    UUID microgridId,
    UUID nodeId,
    String path) {}
