package io.busbar.api.balancing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Asks what the last cycle would have decided if something were different. Nothing is applied or
 * kept.
 *
 * @param strategy another strategy
 * @param limits other limits
 * @param sessions other vehicles
 */
public record WhatIf(
    Optional<Strategy> strategy, List<LimitChange> limits, List<SessionChange> sessions) {

  public WhatIf {
    limits = limits == null ? List.of() : List.copyOf(limits);
    sessions = sessions == null ? List.of() : List.copyOf(sessions);
  }

  /**
   * A limit on consumption that stands in the place of all of its node, its rating included.
   *
   * @param nodeId the node; absent for the aggregate cap
   * @param limitWatts the bound, ≥ 0
   */
  public record LimitChange(Optional<UUID> nodeId, int limitWatts) {}

  /**
   * A vehicle at a connector, in the place of what is there.
   *
   * @param nodeId the connector
   * @param unplugged whether nobody is there instead
   * @param energyNeededWattHours what it still wants
   * @param departure when it is announced to leave
   * @param priority larger is more important
   * @param weight share relative to others, above 0; 1 when absent
   * @param vehicleMaxWatts most it can take; the connector's rating when absent
   */
  public record SessionChange(
      UUID nodeId,
      boolean unplugged,
      OptionalInt energyNeededWattHours,
      Optional<Instant> departure,
      int priority,
      Optional<Double> weight,
      OptionalInt vehicleMaxWatts) {}
}
