package io.busbar.api.topology;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * A metering point: it measures everything at and below its node.
 *
 * @param meterId identity
 * @param ref its id in the site file
 * @param nodeId the node it measures
 * @param fallback what to assume when it says nothing, tried in this order; empty: nothing is known
 * @param checks when a value of it is not to be believed
 */
public record Meter(UUID meterId, String ref, UUID nodeId, List<Fallback> fallback, Checks checks) {
  public Meter {
    fallback = List.copyOf(fallback);
    checks = Objects.requireNonNullElse(checks, Checks.USUAL);
  }

  /** A meter whose values are checked as usual. */
  public Meter(UUID meterId, String ref, UUID nodeId, List<Fallback> fallback) {
    this(meterId, ref, nodeId, fallback, Checks.USUAL);
  }

  /**
   * What is known of the values a meter can show. What is absent follows from ratings and from the
   * settings of whoever uses them.
   *
   * @param minWatts least it can show; negative where something feeds in that is no power source of
   *     the site
   * @param maxWatts most it can show
   * @param frozenSeconds for how long it may repeat itself to the last digit; 0 for any time
   * @param jumpWatts by how much the load that nobody controls may fall from one reading to the
   *     next
   */
  public record Checks(
      OptionalInt minWatts,
      OptionalInt maxWatts,
      OptionalInt frozenSeconds,
      OptionalInt jumpWatts) {

    /** Nothing special. */
    public static final Checks USUAL =
        new Checks(
            OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
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
