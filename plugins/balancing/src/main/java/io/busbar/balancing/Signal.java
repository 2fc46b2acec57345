package io.busbar.balancing;

import io.busbar.api.field.Reading;
import io.busbar.api.field.VehicleState;
import java.time.Instant;
import java.util.OptionalLong;

/** The newest that was heard of one node. What a reading leaves out stays as it was. */
final class Signal {

  private Reading newest;
  private Instant powerAt;
  private int powerWatts;
  private Instant vehicleAt;
  private VehicleState vehicle;
  private OptionalLong energyWattHours = OptionalLong.empty();

  /** Takes a reading; false if a newer one is known already. */
  boolean take(Reading reading) {
    if (newest != null && reading.measuredAt().isBefore(newest.measuredAt())) {
      return false;
    }
    newest = reading;
    if (reading.powerWatts().isPresent()) {
      powerAt = reading.measuredAt();
      powerWatts = reading.powerWatts().getAsInt();
    }
    if (reading.vehicle().isPresent()) {
      vehicleAt = reading.measuredAt();
      vehicle = reading.vehicle().get();
    }
    if (reading.energyWattHours().isPresent()) {
      energyWattHours = reading.energyWattHours();
    }
    return true;
  }

  /** The newest reading; null before the first. */
  Reading newest() {
    return newest;
  }

  /** The register of energy taken; empty when it was never read. */
  OptionalLong energyWattHours() {
    return energyWattHours;
  }

  /** When the power was read; null when it never was. */
  Instant powerAt() {
    return powerAt;
  }

  int powerWatts() {
    return powerWatts;
  }

  /** When the vehicle's state was read; null when it never was. */
  Instant vehicleAt() {
    return vehicleAt;
  }

  /** State of the vehicle; null when it was never read. */
  VehicleState vehicle() {
    return vehicle;
  }
}
