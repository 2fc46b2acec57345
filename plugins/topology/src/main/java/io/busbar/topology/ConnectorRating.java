package io.busbar.topology;

import io.busbar.api.topology.AssetFacts.ConnectorFacts;
import io.busbar.api.topology.Wiring;
import java.util.OptionalInt;

/**
 * Ratings of a connector. Currents are A per phase.
 *
 * @param maxWatts most power, W
 * @param rampWattsPerSecond how fast its device follows its set-point, W/s; absent for at once
 */
record ConnectorRating(
    Wiring wiring,
    double minAmps,
    double maxAmps,
    double stepAmps,
    double failSafeAmps,
    int watchdogSeconds,
    int maxWatts,
    OptionalInt rampWattsPerSecond) {

  /** What it may draw by itself, W; rounded up, as it is what a limit must hold. */
  int failSafeWatts() {
    return (int) Math.ceil(failSafeAmps * wiring.wattsPerAmp());
  }

  ConnectorFacts facts() {
    int minWatts = (int) Math.ceil(minAmps * wiring.wattsPerAmp());
    return new ConnectorFacts(minAmps, maxAmps, stepAmps, failSafeAmps, watchdogSeconds, minWatts);
  }
}
