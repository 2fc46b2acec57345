package io.busbar.api.topology;

import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * A metering point: it measures everything at and below its node.
 *
 * @param meterId identity
 * @param ref its id in the site file
 * @param nodeId the node it measures
 * @param fallback what to assume when it says nothing, tried in this order; empty: nothing is known
 */
public record Meter(UUID meterId, String ref, UUID nodeId, List<Fallback> fallback) {
  public Meter {
    fallback = List.copyOf(fallback);
  }

  /**
   * One thing to assume.
   *
   * @param policy which
   * @param watts the value of FIXED
   * @param maxAgeSeconds how old the value of LAST_GOOD may be
   */
  public record Fallback(Policy policy, OptionalInt watts, OptionalInt maxAgeSeconds) {

    /** How a missing value is derived. */
    public enum Policy {
      LAST_GOOD,
      FIXED,
      RATED
    }
  }
}
