package io.busbar.charger.delta;

import io.busbar.modbus.charger.ChargerQuirk;
import io.busbar.modbus.plugin.ModbusChargerPlugin;

/** Drives chargers of Delta, as {@code registers.yaml} describes them. */
public final class DeltaPlugin extends ModbusChargerPlugin {

  @Override
  protected ChargerQuirk quirk() {
    return new DeltaQuirk();
  }
}
