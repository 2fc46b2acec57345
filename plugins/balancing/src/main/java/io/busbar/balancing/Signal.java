package io.busbar.balancing;

import io.busbar.api.field.Reading;
import io.busbar.api.field.VehicleState;
import io.busbar.api.topology.LineAmps;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** The newest that was heard of one node. What a reading leaves out stays as it was. */
final class Signal {

  private static final int LINES = 3;

  private Reading newest;
  private Instant powerAt;
  private int powerWatts;

  /** Since when it says the same power to the last digit, and nothing else has changed either. */
  private Instant sameSince = Instant.MAX;

  private Optional<LineAmps> amps = Optional.empty();
  private Instant vehicleAt;
  private VehicleState vehicle;
  private OptionalLong energyWattHours = OptionalLong.empty();

  /**
   * Takes a reading; false if a newer one is known already.
   *
   * @param now a newest reading from after this is of a clock that runs ahead, and keeps out none
   */
  boolean take(Reading reading, Instant now) {
    if (newest != null
        && reading.measuredAt().isBefore(newest.measuredAt())
        && !newest.measuredAt().isAfter(now)) {
      return false;
    }
    newest = reading;
    if (reading.powerWatts().isPresent()) {
      sameSince = repeats(reading) ? sameSince : reading.measuredAt();
      amps = lines(reading);
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

  /**
   * A register that moves shows that a device is alive, even where its power is always the same.
   */
  private boolean repeats(Reading reading) {
    return powerAt != null
        && !reading.measuredAt().isBefore(sameSince)
        && reading.powerWatts().getAsInt() == powerWatts
        && lines(reading).equals(amps)
        && (reading.energyWattHours().isEmpty()
            || reading.energyWattHours().equals(energyWattHours));
  }

  private static Optional<LineAmps> lines(Reading reading) {
    return reading.currentAmps().size() == LINES
        ? Optional.of(
            new LineAmps(
                reading.currentAmps().get(0),
                reading.currentAmps().get(1),
                reading.currentAmps().get(2)))
        : Optional.empty();
  }

  /** The clock was set: what was read by the old one is told by the new one. */
  void shift(Duration by) {
    if (newest != null) {
      newest =
          new Reading(
              newest.nodeId(),
              newest.measuredAt().plus(by),
              newest.powerWatts(),
              newest.energyWattHours(),
              newest.currentAmps(),
              newest.vehicle(),
              newest.limitWatts());
    }
    powerAt = powerAt == null ? null : powerAt.plus(by);
    vehicleAt = vehicleAt == null ? null : vehicleAt.plus(by);
    sameSince = sameSince.equals(Instant.MAX) ? sameSince : sameSince.plus(by);
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

  /** Since when the device repeats itself; {@link Instant#MAX} before it said anything. */
  Instant sameSince() {
    return sameSince;
  }

  /** Currents of the three lines as they were read with the power; empty when they were not. */
  Optional<LineAmps> amps() {
    return amps;
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
