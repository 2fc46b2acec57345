package io.busbar.simulator;

import io.busbar.api.field.VehicleState;
import io.busbar.api.simulator.PlayStays.Stay;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One charging connector and the vehicle at it, advanced by whole seconds. It takes set-points in
 * its steps, pauses below its minimum, ramps, and falls back by itself when set-points stop. Power
 * is whole watts and energy whole joules, so that many seconds taken together give exactly what
 * each by itself would.
 */
final class Evse {

  private static final int JOULES_PER_WATT_HOUR = 3600;
  private static final long NEVER = Long.MAX_VALUE;

  private final Deque<PlannedStay> ahead = new ArrayDeque<>();
  private EvseRating rating;
  private PlannedStay present;
  private long deliveredJoules;
  private long energyJoules;
  private int limitWatts;
  private long limitSetAt;
  private long offeredSince = NEVER;
  private int watts;

  /** A stay with its times in seconds. */
  record PlannedStay(Stay stay, long arrival, long departure) {

    static PlannedStay of(Stay stay) {
      return new PlannedStay(
          stay, stay.arrival().getEpochSecond(), stay.departure().getEpochSecond());
    }
  }

  Evse(EvseRating rating, long now) {
    this.rating = rating;
    this.limitWatts = rating.failSafeWatts();
    this.limitSetAt = now;
  }

  EvseRating rating() {
    return rating;
  }

  /** Goes on with another rating, as after the site's document changed. */
  void rated(EvseRating changed) {
    rating = changed;
    limitWatts = changed.inSteps(limitWatts);
  }

  void plan(PlannedStay stay) {
    ahead.add(stay);
  }

  /** Forgets who has not come yet. */
  void forgetPlans() {
    ahead.clear();
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
  int watts() {
    return watts;
  }

  /** Register of energy given since the beginning, in watt-hours. */
  long energyWattHours() {
    return energyJoules / JOULES_PER_WATT_HOUR;
  }

  /** What the present vehicle got so far, in watt-hours. */
  double deliveredWattHours() {
    return (double) deliveredJoules / JOULES_PER_WATT_HOUR;
  }

  /** The vehicle that is there, or null. */
  PlannedStay present() {
    return present;
  }

  VehicleState vehicle() {
    if (present == null) {
      return VehicleState.NONE;
    }
    return offered() ? VehicleState.CHARGING : VehicleState.CONNECTED;
  }

  /** Whether it may draw and the vehicle wants to. */
  private boolean offered() {
    return present != null && limitWatts > 0 && remainingJoules() > 0;
  }

  private long remainingJoules() {
    return (long) present.stay().energyWattHours() * JOULES_PER_WATT_HOUR - deliveredJoules;
  }

  /** The vehicle that leaves by now, or null. */
  PlannedStay leaves(long now) {
    return present != null && present.departure() <= now ? unplug() : null;
  }

  /** Sends the vehicle away; null where there is none. */
  PlannedStay unplug() {
    PlannedStay left = present;
    present = null;
    offeredSince = NEVER;
    watts = 0;
    return left;
  }

  /** The vehicle that has arrived by now, or null. */
  PlannedStay arrives(long now) {
    if (present != null || ahead.isEmpty() || ahead.peek().arrival() > now) {
      return null;
    }
    present = ahead.poll();
    deliveredJoules = 0;
    return present;
  }

  /** Falls back when the watchdog has run out, and moves the power towards what is wanted. */
  void settle(long now) {
    if (now - limitSetAt >= rating.watchdogSeconds()) {
      limitWatts = rating.failSafeWatts();
    }
    if (!offered()) {
      offeredSince = NEVER;
    } else if (offeredSince == NEVER) {
      offeredSince = now;
    }
    int target = targetWatts(now);
    int step = rating.rampWatts();
    boolean gone = present == null || remainingJoules() <= 0;
    watts = gone ? 0 : Math.clamp(target, watts - step, watts + step);
  }

  /** What it draws when the ramp is over; nothing until the vehicle has taken up the offer. */
  private int targetWatts(long now) {
    if (offeredSince == NEVER || now - offeredSince < rating.takeUpSeconds()) {
      return 0;
    }
    return Math.min(limitWatts, vehicleWatts());
  }

  /** Most the vehicle takes now; less and less above 80 % of a known capacity. */
  private int vehicleWatts() {
    int most = Math.min(rating.maxWatts(), present.stay().maxWatts());
    if (present.stay().capacityWattHours().isEmpty()) {
      return most;
    }
    double capacity = present.stay().capacityWattHours().getAsInt();
    double charge = 1 - (double) remainingJoules() / JOULES_PER_WATT_HOUR / capacity;
    return (int) Math.ceil(most * Taper.share(charge));
  }

  /** How many seconds, at least 1, its power stays as it is if nobody does anything. */
  long steadyFor(long now) {
    long steady = NEVER;
    if (present != null) {
      steady = Math.min(present.departure() - now, untilPowerChanges(now));
    }
    if (!ahead.isEmpty()) {
      steady = Math.min(steady, ahead.peek().arrival() - now);
    }
    if (limitWatts != rating.failSafeWatts()) {
      steady = Math.min(steady, limitSetAt + rating.watchdogSeconds() - now);
    }
    return Math.max(1, steady);
  }

  private long untilPowerChanges(long now) {
    int target = targetWatts(now);
    if (target != watts) {
      return 1;
    }
    if (watts == 0) {
      return offeredSince == NEVER ? NEVER : offeredSince + rating.takeUpSeconds() - now;
    }
    return Math.min(untilTaper(), Math.ceilDiv(remainingJoules(), watts));
  }

  /** Seconds until a battery may begin to take less than the set-point. */
  private long untilTaper() {
    if (present.stay().capacityWattHours().isEmpty()) {
      return NEVER;
    }
    long capacity = (long) present.stay().capacityWattHours().getAsInt() * JOULES_PER_WATT_HOUR;
    double most = Math.min(rating.maxWatts(), present.stay().maxWatts());
    double begins = Taper.chargeAt(watts / most);
    return Math.max(1, (remainingJoules() - (long) ((1 - begins) * capacity)) / watts);
  }

  /** Draws its power for so many seconds. */
  void draw(long seconds) {
    if (watts > 0) {
      long taken = Math.min(watts * seconds, remainingJoules());
      deliveredJoules += taken;
      energyJoules += taken;
    }
  }
}
