package io.busbar.charger.abbterraac;

import io.busbar.modbus.charger.ChargerQuirk;
import io.busbar.modbus.plugin.ModbusChargerPlugin;

/** Drives chargers of ABB Terra AC, as {@code registers.yaml} describes them. */
public final class AbbTerraAcPlugin extends ModbusChargerPlugin {

  @Override
  protected ChargerQuirk quirk() {
    return new AbbTerraAcQuirk();
  }
}
