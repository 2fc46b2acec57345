package io.busbar.api.field;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * What one device said of its node at one instant. What it did not say is absent, never 0.
 *
 * @param nodeId the node it measures
 * @param measuredAt when the value was read from the device, not when the message arrived
 * @param powerWatts active power; consumption positive, generation negative
 * @param energyWattHours register of energy taken, never falling but for a reset
 * @param currentAmps per phase L1, L2, L3; empty when not measured
 * @param vehicle state of a connector's vehicle
 * @param limitWatts of a connector: the set-point read back from the device
 */
public record Reading(
    UUID nodeId,
    Instant measuredAt,
    OptionalInt powerWatts,
    OptionalLong energyWattHours,
    List<Double> currentAmps,
    Optional<VehicleState> vehicle,
    OptionalInt limitWatts) {

  public Reading {
    currentAmps = List.copyOf(currentAmps);
  }

  /** Power alone, as from a meter. */
  public static Reading ofPower(UUID nodeId, Instant measuredAt, int powerWatts) {
    return new Reading(
        nodeId,
        measuredAt,
        OptionalInt.of(powerWatts),
        OptionalLong.empty(),
        List.of(),
        Optional.empty(),
        OptionalInt.empty());
  }
}
