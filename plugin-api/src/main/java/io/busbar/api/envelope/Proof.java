package io.busbar.api.envelope;

import io.busbar.api.topology.NodeLimit.ConstraintType;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * That a limit from outside was kept: what came when, from whom, and when the site was under it.
 *
 * @param proofId identity
 * @param microgridId the microgrid
 * @param nodeId the node
 * @param constraintType what was bounded
 * @param limitWatts the limit
 * @param constraintRef where it came from
 * @param sourceRef the sender's reference; absent for a fail-safe value
 * @param actor who submitted it; absent for a fail-safe value
 * @param receivedAt when it was taken; absent for a fail-safe value
 * @param effectiveAt since when it bound
 * @param powerBeforeWatts what the node drew just before; absent where nobody knew
 * @param underAt when the node was first seen at or under it; absent until then
 */
public record Proof(
    UUID proofId,
    UUID microgridId,
    UUID nodeId,
    ConstraintType constraintType,
    int limitWatts,
    String constraintRef,
    Optional<String> sourceRef,
    Optional<String> actor,
    Optional<Instant> receivedAt,
    Instant effectiveAt,
    OptionalInt powerBeforeWatts,
    Optional<Instant> underAt) {}
