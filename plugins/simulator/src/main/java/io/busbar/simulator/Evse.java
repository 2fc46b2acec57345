package io.busbar.simulator;

import io.busbar.api.field.VehicleState;
import io.busbar.api.simulator.PlayStays.Stay;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One charging connector and the vehicle at it, advanced by whole seconds. It takes set-points in
 * its steps, pauses below its minimum, ramps, and falls back by itself when set-points stop.
 */
final class Evse {

  private static final double TAPER_FROM = 0.8;
  private static final double SECONDS_PER_HOUR = 3600;

  private final EvseRating rating;
  private final Deque<PlannedStay> ahead = new ArrayDeque<>();
  private PlannedStay present;
  private double deliveredWattHours;
  private double energyWattHours;
  private int limitWatts;
  private long limitSetAt;
  private double watts;

  /** A stay with its times in seconds. */
  record PlannedStay(Stay stay, long arrival, long departure) {}

  Evse(EvseRating rating, long now) {
    this.rating = rating;
    this.limitWatts = rating.failSafeWatts();
    this.limitSetAt = now;
  }

  EvseRating rating() {
    return rating;
  }

  void plan(PlannedStay stay) {
    ahead.add(stay);
  }

  /** Takes a set-point; returns what it really set, in its steps. */
  int set(int wanted, long now) {
    limitWatts = rating.inSteps(wanted);
    limitSetAt = now;
    return limitWatts;
  }

  int limitWatts() {
    return limitWatts;
  }

  /** Active power now, in watts. */
  double watts() {
    return watts;
  }

  /** Register of energy given since the beginning, in watt-hours. */
  double energyWattHours() {
    return energyWattHours;
  }

  /** What the present vehicle got so far, in watt-hours. */
  double deliveredWattHours() {
    return deliveredWattHours;
  }

  PlannedStay present() {
    return present;
  }

  VehicleState vehicle() {
    if (present == null) {
      return VehicleState.NONE;
    }
    return remaining() > 0 && limitWatts >= rating.minWatts()
        ? VehicleState.CHARGING
        : VehicleState.CONNECTED;
  }

  private double remaining() {
    return present == null ? 0 : present.stay().energyWattHours() - deliveredWattHours;
  }

  /** The vehicle that leaves now, or null. */
  PlannedStay leaves(long now) {
    if (present == null || present.departure() > now) {
      return null;
    }
    PlannedStay left = present;
    present = null;
    watts = 0;
    return left;
  }

  /** The vehicle that arrives now, or null. */
  PlannedStay arrives(long now) {
    if (present != null || ahead.isEmpty() || ahead.peek().arrival() > now) {
      return null;
    }
    present = ahead.poll();
    deliveredWattHours = 0;
    return present;
  }

  /** Falls back when the watchdog has run out, and moves the power towards what is wanted. */
  void settle(long now) {
    if (now - limitSetAt >= rating.watchdogSeconds()) {
      limitWatts = rating.failSafeWatts();
    }
    double target = target();
    double step = (double) rating.maxWatts() / rating.rampSeconds();
    watts = target > watts ? Math.min(target, watts + step) : Math.max(target, watts - step);
    if (remaining() <= 0) {
      watts = 0;
    }
  }

  private double target() {
    if (vehicle() != VehicleState.CHARGING) {
      return 0;
    }
    double most = Math.min(rating.maxWatts(), present.stay().maxWatts()) * taper();
    return Math.max(0, Math.min(limitWatts, most));
  }

  /** Share of its power that a nearly full battery still takes. */
  private double taper() {
    if (present.stay().capacityWattHours().isEmpty()) {
      return 1;
    }
    double capacity = present.stay().capacityWattHours().getAsInt();
    double charge = 1 - remaining() / capacity;
    return charge <= TAPER_FROM ? 1 : Math.max(0.05, (1 - charge) / (1 - TAPER_FROM));
  }

  /** How many seconds, at most, its power stays as it is if nobody does anything. */
  long steadyFor(long now) {
    long steady = Long.MAX_VALUE;
    if (present != null) {
      steady = present.departure() - now;
      if (watts > 0) {
        boolean changing = watts != target() || present.stay().capacityWattHours().isPresent();
        long full = (long) Math.ceil(remaining() * SECONDS_PER_HOUR / watts);
        steady = changing ? 1 : Math.min(steady, full);
      } else if (target() > 0) {
        steady = 1;
      }
    } else if (watts > 0) {
      steady = 1;
    }
    if (!ahead.isEmpty()) {
      steady = Math.min(steady, Math.max(1, ahead.peek().arrival() - now));
    }
    if (limitWatts != rating.failSafeWatts()) {
      steady = Math.min(steady, limitSetAt + rating.watchdogSeconds() - now);
    }
    return Math.max(1, steady);
  }

  /** Draws its power for so many seconds. */
  void draw(long seconds) {
    if (watts > 0) {
      double taken = Math.min(watts * seconds / SECONDS_PER_HOUR, remaining());
      deliveredWattHours += taken;
      energyWattHours += taken;
    }
  }
}
