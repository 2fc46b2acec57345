package io.busbar.balancing;

import io.busbar.api.field.VehicleState;
import java.time.Instant;

/**
 * What one connector's vehicle seems to want. A vehicle that does not draw although it may is
 * satisfied until it is unplugged or draws again; one that draws clearly less than it may is asked
 * for little more than it draws, until it uses that.
 */
final class VehicleMemory {

  private static final double USES_IT = 0.97;
  private static final double CLEARLY_LESS = 0.90;
  private static final double MARGIN = 1.10;
  private static final int MARGIN_WATTS = 200;

  private final int minWatts;
  private final BalancingConfig config;
  private boolean present;
  private boolean satisfied;
  private Instant idleSince;
  private Instant lessSince;
  private int ceiling = Integer.MAX_VALUE;

  VehicleMemory(int minWatts, BalancingConfig config) {
    this.minWatts = minWatts;
    this.config = config;
  }

  /**
   * Takes what was seen.
   *
   * @param state state of the vehicle
   * @param powerWatts what it draws; negative when not measured
   * @param allowedWatts what the device has confirmed it may draw
   * @param now when it was seen
   */
  void see(VehicleState state, int powerWatts, int allowedWatts, Instant now) {
    switch (state) {
      case NONE, FAULT -> forget();
      case CONNECTED -> connected(allowedWatts, now);
      case CHARGING -> charging(powerWatts, allowedWatts, now);
    }
  }

  private void forget() {
    present = false;
    satisfied = false;
    idleSince = null;
    lessSince = null;
    ceiling = Integer.MAX_VALUE;
  }

  private void connected(int allowedWatts, Instant now) {
    present = true;
    lessSince = null;
    if (allowedWatts < minWatts) {
      idleSince = null;
    } else if (idleSince == null) {
      idleSince = now;
    } else if (!now.isBefore(idleSince.plus(config.takeUp()))) {
      satisfied = true;
    }
  }

  private void charging(int powerWatts, int allowedWatts, Instant now) {
    present = true;
    satisfied = false;
    idleSince = null;
    if (powerWatts < 0 || allowedWatts == 0 || powerWatts >= USES_IT * allowedWatts) {
      lessSince = null;
      ceiling = powerWatts < 0 || allowedWatts == 0 ? ceiling : Integer.MAX_VALUE;
    } else if (powerWatts >= CLEARLY_LESS * allowedWatts) {
      lessSince = null;
    } else if (lessSince == null) {
      lessSince = now;
    } else if (!now.isBefore(lessSince.plus(config.taperAfter()))) {
      ceiling = Math.max(minWatts, (int) (powerWatts * MARGIN) + MARGIN_WATTS);
    }
  }

  /** A new stay begins: what was known of the vehicle before counts no more. */
  void begin() {
    forget();
    present = true;
  }

  /** What it wants of a most; 0 when it wants nothing. */
  int request(int mostWatts) {
    return present && !satisfied ? Math.min(mostWatts, ceiling) : 0;
  }
}
