package io.busbar.api.topology;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A structural limit on everything at and below a node.
 *
 * @param nodeLimitId identity
 * @param microgridId the microgrid
 * @param nodeId the node; absent for the aggregate cap of the whole microgrid
 * @param constraintType what it bounds
 * @param limitWatts the bound, ≥ 0
 * @param limitAmps bounds on the lines' currents, beside the watts; absent where nobody set any
 * @param sourceType where it comes from
 * @param status at most one ACTIVE per node and type
 * @param updatedAt when it was last changed
 */
public record NodeLimit(
    UUID nodeLimitId,
    UUID microgridId,
    Optional<UUID> nodeId,
    ConstraintType constraintType,
    int limitWatts,
    Optional<LineAmps> limitAmps,
    SourceType sourceType,
    Status status,
    Instant updatedAt) {

  /** What a limit bounds. */
  public enum ConstraintType {
    CONSUMPTION_CAP,
    GENERATION_CAP,
    /** |consumption − generation| across the node's boundary. */
    NET_CAP
  }

  /** Where a limit comes from. */
  public enum SourceType {
    PHYSICAL_DERIVED,
    MANUAL,
    FAIL_SAFE,
    STATIC_POLICY
  }

  /** Whether a limit binds. */
  public enum Status {
    ACTIVE,
    INACTIVE
  }
}
