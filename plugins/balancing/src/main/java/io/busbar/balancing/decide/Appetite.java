package io.busbar.balancing.decide;

import io.busbar.api.field.VehicleState;
import java.time.Instant;

/**
 * How much a vehicle at one connector wants, as far as its behaviour tells. One that does not begin
 * to draw although it may is satisfied; one that draws clearly less than it may gets its request
 * lowered to a little more than it draws, and raised again when it uses that.
 */
public final class Appetite {

  /** Below this no margin makes sense: meters are not that good. */
  private static final int LEAST_MARGIN_WATTS = 100;

  /** Each offer that a satisfied vehicle leaves unused doubles the time to the next, so often. */
  private static final int MOST_DOUBLINGS = 3;

  private ConnectorRating rating;
  private final Policy policy;

  /** Since when the vehicle is connected without drawing; null while it is not. */
  private Instant idleSince;

  /** Since when it has enough; null while it has not. */
  private Instant satisfiedSince;

  /** Whether a satisfied vehicle is being offered its minimum, to see whether it wants more. */
  private boolean probing;

  /** How many offers in a row it has left unused. */
  private int declined;

  /** Since when it draws clearly less than it may; null while it does not. */
  private Instant lowSince;

  /** Most it drew since then. */
  private int peakWatts;

  /** What it draws and a margin; the rating while nothing is known. */
  private int learnedWatts;

  public Appetite(ConnectorRating rating, Policy policy) {
    this.rating = rating;
    this.policy = policy;
    this.learnedWatts = rating.maxWatts();
  }

  /**
   * One connector as it was read.
   *
   * @param at when it was read
   * @param vehicle state of its vehicle
   * @param drawWatts what it drew
   * @param allowedWatts what it was allowed to draw
   * @param allowedSince since when exactly that
   * @param offered whether that is at least its minimum
   * @param offeredSince since when that has been so
   */
  public record Observation(
      Instant at,
      VehicleState vehicle,
      int drawWatts,
      int allowedWatts,
      Instant allowedSince,
      boolean offered,
      Instant offeredSince) {}

  /** Learns from what was read. */
  public void observe(Observation seen) {
    if (seen.vehicle() == VehicleState.CONNECTED) {
      watchIdle(seen);
    } else if (seen.vehicle() == VehicleState.CHARGING) {
      idleSince = null;
      satisfiedSince = null;
      probing = false;
      declined = 0;
      watchTaper(seen);
    } else {
      begin();
    }
  }

  /** Another vehicle, or none: what is known of the one before counts no more. */
  public void begin() {
    idleSince = null;
    satisfiedSince = null;
    probing = false;
    declined = 0;
    lowSince = null;
    learnedWatts = rating.maxWatts();
  }

  private void watchIdle(Observation seen) {
    lowSince = null;
    if (!seen.offered()) {
      idleSince = null;
    } else if (idleSince == null || idleSince.isBefore(seen.offeredSince())) {
      idleSince = later(seen.offeredSince(), idleSince == null ? seen.at() : idleSince);
    }
    if (satisfiedSince != null) {
      offerAgain(seen.at());
    } else if (idleSince != null && seen.at().isAfter(idleSince.plus(policy.takeUp()))) {
      satisfiedSince = seen.at();
    }
  }

  private void offerAgain(Instant now) {
    int doublings = Math.min(declined, MOST_DOUBLINGS);
    if (!now.isBefore(satisfiedSince.plus(policy.offerAgain().multipliedBy(1L << doublings)))) {
      satisfiedSince = null;
      idleSince = null;
      probing = true;
      declined++;
    }
  }

  private void watchTaper(Observation seen) {
    int margin = margin(seen.drawWatts());
    if (seen.drawWatts() < seen.allowedWatts() - margin) {
      if (lowSince == null || lowSince.isBefore(seen.allowedSince())) {
        lowSince = later(seen.allowedSince(), seen.at());
        peakWatts = 0;
      }
      peakWatts = Math.max(peakWatts, seen.drawWatts());
      if (!seen.at().isBefore(lowSince.plus(policy.taperAfter()))) {
        learnedWatts = Math.min(learnedWatts, withMargin(peakWatts));
        lowSince = null;
      }
    } else {
      lowSince = null;
      if (seen.drawWatts() > learnedWatts - margin / 2) {
        learnedWatts = Math.max(learnedWatts, withMargin(seen.drawWatts() + margin));
      }
    }
  }

  private int withMargin(int watts) {
    return rating.stepAbove(watts + margin(watts));
  }

  private int margin(int watts) {
    return Math.max(LEAST_MARGIN_WATTS, watts * policy.taperMarginPercent() / 100);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  /** The same connector in another version of the tree. */
  public void rerate(ConnectorRating newRating) {
    if (newRating.maxWatts() != rating.maxWatts()) {
      learnedWatts = newRating.maxWatts();
    }
    rating = newRating;
  }

  /** Whether the vehicle has as much as it wants. */
  public boolean isSatisfied() {
    return satisfiedSince != null;
  }

  /** Most it makes use of, in watts: between the connector's minimum and its rating. */
  public int usefulWatts() {
    return probing ? rating.minWatts() : learnedWatts;
  }
}
