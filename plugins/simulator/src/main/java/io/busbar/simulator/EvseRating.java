package io.busbar.simulator;

import io.busbar.api.topology.AssetFacts;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.Wiring;

/**
 * What a connector can do.
 *
 * @param maxWatts most it gives
 * @param minWatts least above 0
 * @param stepWatts resolution of its set-point; 0 for any whole watt
 * @param failSafeWatts what it allows when set-points stop, in its steps
 * @param watchdogSeconds how long after the last set-point that is
 * @param rampSeconds how long it takes from 0 to its most, and back
 * @param takeUpSeconds how long a vehicle thinks before it draws what it is offered
 */
record EvseRating(
    int maxWatts,
    int minWatts,
    int stepWatts,
    int failSafeWatts,
    int watchdogSeconds,
    int rampSeconds,
    int takeUpSeconds) {

  EvseRating {
    failSafeWatts = inSteps(failSafeWatts, maxWatts, minWatts, stepWatts);
  }

  static EvseRating of(MicrogridNode connector, int rampSeconds, int takeUpSeconds) {
    AssetFacts asset = connector.asset().orElseThrow();
    AssetFacts.ConnectorFacts facts = asset.connector().orElseThrow();
    int perAmp = asset.wiring().map(Wiring::wattsPerAmp).orElse(0);
    return new EvseRating(
        asset.ratedWatts(),
        facts.minWatts(),
        (int) Math.round(facts.stepAmps() * perAmp),
        asset.failSafeWatts().orElse(0),
        facts.watchdogSeconds(),
        rampSeconds,
        takeUpSeconds);
  }

  /** A set-point as the device can hold it: a whole number of steps, 0 below the minimum. */
  int inSteps(int wanted) {
    return inSteps(wanted, maxWatts, minWatts, stepWatts);
  }

  private static int inSteps(int wanted, int most, int least, int step) {
    int bounded = Math.clamp(wanted, 0, most);
    int whole = step == 0 ? bounded : bounded / step * step;
    return whole < least ? 0 : whole;
  }

  /** Most that its power changes within a second. */
  int rampWatts() {
    return Math.ceilDiv(maxWatts, rampSeconds);
  }
}
