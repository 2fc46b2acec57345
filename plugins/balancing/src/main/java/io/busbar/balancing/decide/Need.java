package io.busbar.balancing.decide;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is known of a vehicle's stay.
 *
 * @param since when it was plugged in; {@link Instant#MAX} when no session says so
 * @param departure when it is announced to leave
 * @param remainingWattHours what it still wants
 */
public record Need(Instant since, Optional<Instant> departure, OptionalInt remainingWattHours) {

  /** No session tells. */
  public static final Need UNKNOWN = new Need(Instant.MAX, Optional.empty(), OptionalInt.empty());
}
