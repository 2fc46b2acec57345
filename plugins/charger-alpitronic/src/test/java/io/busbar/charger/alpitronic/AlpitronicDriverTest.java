package io.busbar.charger.alpitronic;

import io.busbar.modbus.plugin.ModbusChargerPlugin;
import io.busbar.modbus.testkit.ModbusDriverContract;
import io.busbar.testkit.Verifies;

/** What every driver must do, and what the registers mean. */
@Verifies("KN-05")
class AlpitronicDriverTest extends ModbusDriverContract {

  @Override
  protected ModbusChargerPlugin plugin() {
    return new AlpitronicPlugin();
  }
}
