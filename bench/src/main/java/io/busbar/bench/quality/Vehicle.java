package io.busbar.bench.quality;

import io.busbar.api.simulator.PlayStays.Stay;

/** A vehicle that is plugged in and still wants energy. Times are in milliseconds. */
final class Vehicle {

  static final double MILLIS_PER_HOUR = 3.6e6;

  final int connector;
  final long arrival;

  /** When it really leaves. */
  final long departure;

  /** When the rules are told that it leaves. */
  final long told;

  final int wantedWattHours;
  final int maxWatts;
  double remainingWattHours;
  int watts;

  /** How often it was switched off although it wanted more. */
  int pauses;

  Vehicle(int connector, Stay stay, boolean truly) {
    this.connector = connector;
    this.arrival = stay.arrival().toEpochMilli();
    this.departure = stay.departure().toEpochMilli();
    this.told = truly ? departure : stay.announcedDeparture().toEpochMilli();
    this.wantedWattHours = stay.energyWattHours();
    this.maxWatts = stay.maxWatts();
    this.remainingWattHours = wantedWattHours;
  }

  /** How long it could still wait, in milliseconds, and yet get all it wants before it leaves. */
  long laxity(long now) {
    return (long) (told - now - remainingWattHours * MILLIS_PER_HOUR / maxWatts);
  }

  /** When it has all it wants if its power stays; far away without any. */
  long finish(long now) {
    return watts == 0
        ? Long.MAX_VALUE
        : now + Math.max(1, (long) Math.ceil(remainingWattHours * MILLIS_PER_HOUR / watts));
  }

  void charge(long millis) {
    remainingWattHours = Math.max(0, remainingWattHours - watts * millis / MILLIS_PER_HOUR);
  }

  double share() {
    return 1 - remainingWattHours / wantedWattHours;
  }
}
