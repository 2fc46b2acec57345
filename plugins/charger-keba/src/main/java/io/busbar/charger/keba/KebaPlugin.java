package io.busbar.charger.keba;

import io.busbar.modbus.charger.ChargerQuirk;
import io.busbar.modbus.plugin.ModbusChargerPlugin;

/** Drives chargers of KEBA KeContact, as {@code registers.yaml} describes them. */
public final class KebaPlugin extends ModbusChargerPlugin {

  @Override
  protected ChargerQuirk quirk() {
    return new KebaQuirk();
  }
}
