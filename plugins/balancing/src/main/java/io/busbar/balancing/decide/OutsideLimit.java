package io.busbar.balancing.decide;

import io.busbar.api.topology.NodeLimit.ConstraintType;
import java.util.UUID;

/**
 * A limit that somebody outside the site set for a time. It only ever tightens.
 *
 * @param nodeId the node
 * @param constraintType what it bounds
 * @param limitWatts its value, ≥ 0
 * @param constraintRef how results name it: {@code envelope:ID} or {@code fail-safe:SOURCE}
 */
public record OutsideLimit(
    UUID nodeId, ConstraintType constraintType, int limitWatts, String constraintRef) {}
