package io.busbar.balancing.session;

import io.busbar.api.balancing.SessionNeeds;
import io.busbar.api.field.ChargingSession;
import io.busbar.balancing.allocation.AllocationProblem;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** Puts what somebody gave for a session before what its device says of it. */
final class Merging {

  static final int USUAL_PRIORITY = 0;
  static final double USUAL_WEIGHT = 1;

  private Merging() {}

  static SessionNeeds merged(SessionNeeds given, SessionNeeds device) {
    return new SessionNeeds(
        given.energyNeededWattHours().isPresent()
            ? given.energyNeededWattHours()
            : device.energyNeededWattHours(),
        given.departure().or(device::departure),
        given.priority().isPresent() ? given.priority() : device.priority(),
        given.weight().or(device::weight),
        smaller(given.vehicleMaxWatts(), device.vehicleMaxWatts()));
  }

  /** What a vehicle can take is bounded by whoever says less. */
  private static OptionalInt smaller(OptionalInt one, OptionalInt other) {
    return one.isPresent() && other.isPresent()
        ? OptionalInt.of(Math.min(one.getAsInt(), other.getAsInt()))
        : one.isPresent() ? one : other;
  }

  /** What a device says, without what makes no sense: that is left out, not refused. */
  static SessionNeeds sane(ChargingSession told) {
    double weight = told.weight();
    boolean usable =
        weight >= AllocationProblem.MIN_WEIGHT && weight <= AllocationProblem.MAX_WEIGHT;
    return new SessionNeeds(
        within(told.energyNeededWattHours(), 0, SessionRules.MOST_WATT_HOURS),
        told.departure().filter(departure -> isSane(departure, told.pluggedInAt())),
        OptionalInt.of(told.priority()),
        Optional.of(usable ? weight : USUAL_WEIGHT),
        within(told.vehicleMaxWatts(), 0, Integer.MAX_VALUE));
  }

  private static boolean isSane(Instant departure, Instant began) {
    return departure.isAfter(began) && departure.isBefore(began.plus(SessionRules.LONGEST));
  }

  private static OptionalInt within(OptionalInt value, int least, int most) {
    return value.isPresent() && value.getAsInt() >= least && value.getAsInt() <= most
        ? value
        : OptionalInt.empty();
  }
}
