package io.busbar.balancing.decide;

import io.busbar.api.balancing.Granularity;
import io.busbar.api.balancing.Strategy;
import java.time.Duration;
import java.time.Instant;

/**
 * The settings that decisions depend on.
 *
 * @param strategy who goes first where not everybody can have what it wants
 * @param freshness how old a measured value may be
 * @param startGrace how long after the start a meter that has not been heard of yet is waited for
 * @param minimumOn how long a vehicle that was admitted stays admitted where there is room
 * @param minimumOff how long a vehicle that was paused stays so
 * @param takeUp how long a vehicle has to begin drawing before it counts as satisfied
 * @param offerAgain after how long a satisfied vehicle is offered power again; longer after each
 *     offer it leaves unused
 * @param taperAfter for how long a vehicle draws less than it may before its request is lowered
 * @param taperMarginPercent how much more than it draws a lowered request asks for
 * @param riseMemory for how long the largest rise of a load that nobody controls is kept free
 * @param riseMostPercent most that is kept free for it, in percent of a node's limit
 * @param imbalancePercent how unevenly loads of which only the power is known may be spread over
 *     lines: 0 evenly, 100 all on one
 * @param breachTolerancePercent how far above a limit a measurement may be
 * @param breachAfter for how long it must be before it is a breach
 * @param granularity among whom power is shared
 * @param rampWattsPerSecond how fast what a site allows in all may rise; 0 for at once
 * @param generationDropPercent how much of what is generated may be gone within a reaction, in
 *     percent; so much of it is not set off under a net limit
 * @param plausibility when a measured value is not believed
 */
public record Policy(
    Strategy strategy,
    Duration freshness,
    Duration startGrace,
    Duration minimumOn,
    Duration minimumOff,
    Duration takeUp,
    Duration offerAgain,
    Duration taperAfter,
    int taperMarginPercent,
    Duration riseMemory,
    double riseMostPercent,
    double imbalancePercent,
    double breachTolerancePercent,
    Duration breachAfter,
    Granularity granularity,
    int rampWattsPerSecond,
    double generationDropPercent,
    Plausibility plausibility) {

  /** Settings that were kept before there was a time to stay paused for. */
  public Policy {
    minimumOff = minimumOff == null ? Duration.ZERO : minimumOff;
  }

  /**
   * When a measured value is not believed.
   *
   * @param meterPercent most that a meter can show, in percent of its node's rating
   * @param devicePercent most that a connector or a power source can, in percent of its own
   * @param frozenAfter for how long a value may repeat itself to the last digit
   * @param jumpPercent by how much a load may fall from one reading to the next, in percent of its
   *     node's limit, and a source's power change, in percent of its rating
   */
  public record Plausibility(
      double meterPercent, double devicePercent, Duration frozenAfter, double jumpPercent) {}

  /** The same with another strategy. */
  public Policy with(Strategy other) {
    return with(other, granularity, rampWattsPerSecond);
  }

  /** The same without keeping anything free for rises to come. */
  Policy keepingNothingFree() {
    return new Policy(
        strategy,
        freshness,
        startGrace,
        minimumOn,
        minimumOff,
        takeUp,
        offerAgain,
        taperAfter,
        taperMarginPercent,
        Duration.ZERO,
        riseMostPercent,
        imbalancePercent,
        breachTolerancePercent,
        breachAfter,
        granularity,
        rampWattsPerSecond,
        generationDropPercent,
        plausibility);
  }

  /** The same as one site has it. */
  public Policy with(Strategy its, Granularity among, int rampWatts) {
    return new Policy(
        its,
        freshness,
        startGrace,
        minimumOn,
        minimumOff,
        takeUp,
        offerAgain,
        taperAfter,
        taperMarginPercent,
        riseMemory,
        riseMostPercent,
        imbalancePercent,
        breachTolerancePercent,
        breachAfter,
        among,
        rampWatts,
        generationDropPercent,
        plausibility);
  }

  /** Whether a value still counts. One from a clock that runs ahead by more than that does not. */
  public boolean isFresh(Instant measuredAt, Instant now) {
    return !measuredAt.plus(freshness).isBefore(now) && !measuredAt.isAfter(now.plus(freshness));
  }
}
