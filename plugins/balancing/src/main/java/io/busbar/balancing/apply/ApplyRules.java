package io.busbar.balancing.apply;

import java.time.Duration;

/**
 * The settings of how set-points are sent.
 *
 * @param deadBandPercent changes of less than this share of the present value are held back
 * @param deadBandWatts changes of less than this are held back
 * @param settle time that a vehicle has to follow a lower set-point
 * @param retry time before a device that refused or lost a set-point is tried again
 */
public record ApplyRules(
    double deadBandPercent, int deadBandWatts, Duration settle, Duration retry) {

  /** Whether a change is too small to bother the device. To and from 0 nothing is. */
  boolean holdsBack(int from, int to) {
    return from > 0
        && to > 0
        && Math.abs(to - from) < Math.max(deadBandWatts, from * deadBandPercent / 100);
  }
}
