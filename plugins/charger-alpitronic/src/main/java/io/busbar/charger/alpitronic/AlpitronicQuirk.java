package io.busbar.charger.alpitronic;

import io.busbar.modbus.charger.ChargerQuirk;
import io.busbar.modbus.map.Values;
import java.util.OptionalDouble;

/** Firmware below 1.7.2 says 0 W while it charges; volts and amperes are right. */
final class AlpitronicQuirk implements ChargerQuirk {

  private static final int CHARGING = 3;

  @Override
  public OptionalDouble power(Values values, OptionalDouble measured) {
    boolean silent = measured.isPresent() && measured.getAsDouble() == 0;
    boolean charging = values.number("state").orElse(0) == CHARGING;
    if (!silent || !charging) {
      return measured;
    }
    double volts = values.number("voltage_dc").orElse(0);
    return OptionalDouble.of(volts * values.number("current_dc").orElse(0));
  }
}
