package io.busbar.modbus.charger;

import io.busbar.modbus.map.SetpointRule;
import io.busbar.modbus.map.SetpointRule.Unit;
import java.util.OptionalDouble;

/** Watts to what a device is set to, and back. Rounds down, so that a limit stays one. */
final class SetpointScale {

  /** Less than a step of any device; keeps 6.0 from becoming 5.9 by binary fractions. */
  private static final double TINY = 1e-6;

  /** A single-precision number of amperes is this exact, times watts per ampere. */
  private static final double WATT_FRACTION = 0.02;

  private final SetpointRule rule;
  private final int wattsPerAmp;

  SetpointScale(SetpointRule rule, int wattsPerAmp) {
    this.rule = rule;
    this.wattsPerAmp = wattsPerAmp;
  }

  /**
   * What to set, in the device's unit.
   *
   * @param most most that the device can be set to, where it says so
   */
  double value(int watts, OptionalDouble most) {
    double wanted = rule.unit() == Unit.W ? watts : (double) watts / wattsPerAmp;
    double bounded = most.isPresent() ? Math.min(wanted, most.getAsDouble()) : wanted;
    double whole = Math.floor(bounded / rule.step() + TINY) * rule.step();
    return whole + TINY < rule.least() ? rule.hold().orElse(rule.off()) : whole;
  }

  /** A limit for the absence of set-points, in whole units of its register. */
  double fallback(int watts, double scale) {
    double wanted = rule.unit() == Unit.W ? watts : (double) watts / wattsPerAmp;
    return Math.floor(wanted / scale + TINY) * scale;
  }

  /** Watts that a value allows; below the least value the vehicle pauses. */
  int watts(double value) {
    if (value + TINY < rule.least()) {
      return 0;
    }
    return (int) Math.floor((rule.unit() == Unit.W ? value : value * wattsPerAmp) + WATT_FRACTION);
  }

  /** Whether a value that was read is the one that was written. */
  boolean isSame(double written, double read) {
    return Math.abs(written - read) <= rule.step() / 2 + TINY;
  }
}
