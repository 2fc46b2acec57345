package io.busbar.charger.heidelberg;

import io.busbar.modbus.plugin.ModbusChargerPlugin;
import io.busbar.modbus.testkit.ModbusDriverContract;
import io.busbar.testkit.Verifies;

/** What every driver must do, and what the registers mean. */
@Verifies("KN-05")
class HeidelbergDriverTest extends ModbusDriverContract {

  @Override
  protected ModbusChargerPlugin plugin() {
    return new HeidelbergPlugin();
  }
}
