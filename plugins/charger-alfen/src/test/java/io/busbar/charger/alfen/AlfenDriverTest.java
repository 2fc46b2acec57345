package io.busbar.charger.alfen;

import io.busbar.modbus.plugin.ModbusChargerPlugin;
import io.busbar.modbus.testkit.ModbusDriverContract;
import io.busbar.testkit.Verifies;

/** What every driver must do, and what the registers mean. */
@Verifies("KN-05")
class AlfenDriverTest extends ModbusDriverContract {

  @Override
  protected ModbusChargerPlugin plugin() {
    return new AlfenPlugin();
  }
}
