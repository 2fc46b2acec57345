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
 * @param failSafeWatts what it allows when set-points stop
 * @param watchdogSeconds how long after the last set-point that is
 * @param rampSeconds how long it takes from 0 to its most, and back
 */
record EvseRating(
    int maxWatts,
    int minWatts,
    int stepWatts,
    int failSafeWatts,
    int watchdogSeconds,
    int rampSeconds) {

  static EvseRating of(MicrogridNode connector, int rampSeconds) {
    AssetFacts asset = connector.asset().orElseThrow();
    AssetFacts.ConnectorFacts facts = asset.connector().orElseThrow();
    int perAmp = asset.wiring().map(Wiring::wattsPerAmp).orElse(0);
    EvseRating coarse =
        new EvseRating(
            asset.ratedWatts(),
            facts.minWatts(),
            (int) Math.round(facts.stepAmps() * perAmp),
            0,
            facts.watchdogSeconds(),
            rampSeconds);
    int failSafe = coarse.inSteps(asset.failSafeWatts().orElse(0));
    return new EvseRating(
        coarse.maxWatts,
        coarse.minWatts,
        coarse.stepWatts,
        failSafe,
        coarse.watchdogSeconds,
        rampSeconds);
  }

  /** A set-point as the device can hold it: a whole number of steps, 0 below the minimum. */
  int inSteps(int wanted) {
    int bounded = Math.clamp(wanted, 0, maxWatts);
    int whole = stepWatts == 0 ? bounded : bounded / stepWatts * stepWatts;
    return whole < minWatts ? 0 : whole;
  }
}
