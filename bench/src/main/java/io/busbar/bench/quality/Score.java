package io.busbar.bench.quality;

import java.util.List;

/**
 * What came of a play.
 *
 * @param energy delivered, as a share of the offline optimum
 * @param jain Jain's index of the shares delivered ÷ wanted: 1 when all are equal
 * @param fifth the share that 95 of 100 sessions reach
 * @param served share of sessions with at least 99 % of what they wanted
 * @param pauses how often a session was switched off before its end, on average
 */
record Score(double energy, double jain, double fifth, double served, double pauses) {

  static Score of(List<Vehicle> vehicles, double optimumWattHours) {
    double[] shares = vehicles.stream().mapToDouble(Vehicle::share).sorted().toArray();
    double sum = 0;
    double squares = 0;
    int served = 0;
    for (double share : shares) {
      sum += share;
      squares += share * share;
      served += share >= 0.99 ? 1 : 0;
    }
    double delivered =
        vehicles.stream().mapToDouble(it -> it.wantedWattHours - it.remainingWattHours).sum();
    return new Score(
        delivered / optimumWattHours,
        sum * sum / (shares.length * squares),
        shares[shares.length / 20],
        (double) served / shares.length,
        vehicles.stream().mapToInt(it -> it.pauses).average().orElse(0));
  }
}
