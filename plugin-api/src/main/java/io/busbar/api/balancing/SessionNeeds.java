package io.busbar.api.balancing;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What one side knows of a vehicle's stay; what it does not know, or does not care about, is
 * absent.
 *
 * @param energyNeededWattHours what the vehicle still wants, counted from when this was first said;
 *     0 to 10,000,000
 * @param departure announced end
 * @param priority larger is more important; 0 is usual
 * @param weight share relative to others, 0.000001 to 1,000,000; 1 is usual
 * @param vehicleMaxWatts most the vehicle can take, above 0
 */
public record SessionNeeds(
    OptionalInt energyNeededWattHours,
    Optional<Instant> departure,
    OptionalInt priority,
    Optional<Double> weight,
    OptionalInt vehicleMaxWatts) {

  /** Nothing said. */
  public static final SessionNeeds NONE =
      new SessionNeeds(
          OptionalInt.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          OptionalInt.empty());
}
