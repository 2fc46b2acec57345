package io.busbar.charger.alpitronic;

import io.busbar.modbus.charger.ChargerQuirk;
import io.busbar.modbus.plugin.ModbusChargerPlugin;

/** Drives chargers of alpitronic Hypercharger, as {@code registers.yaml} describes them. */
public final class AlpitronicPlugin extends ModbusChargerPlugin {

  @Override
  protected ChargerQuirk quirk() {
    return new AlpitronicQuirk();
  }
}
