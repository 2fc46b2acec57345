package io.busbar.api.simulator;

import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;

/** Asks to play these stays, and these only. */
public record PlayStays(List<Stay> stays) {
  public PlayStays {
    stays = List.copyOf(stays);
  }

  /**
   * One vehicle's stay. Stays at one connector do not overlap.
   *
   * @param sessionId identity
   * @param nodeId the connector
   * @param arrival when it plugs in
   * @param departure when it leaves
   * @param announcedDeparture what its driver said
   * @param energyWattHours what it takes if it can
   * @param maxWatts most it takes
   * @param capacityWattHours battery size; when present it tapers above 80 % state of charge
   */
  public record Stay(
      UUID sessionId,
      UUID nodeId,
      Instant arrival,
      Instant departure,
      Instant announcedDeparture,
      int energyWattHours,
      int maxWatts,
      OptionalInt capacityWattHours) {}
}
