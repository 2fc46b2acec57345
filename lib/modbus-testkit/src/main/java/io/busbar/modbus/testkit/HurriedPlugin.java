package io.busbar.modbus.testkit;

import io.busbar.modbus.charger.ChargerQuirk;
import io.busbar.modbus.map.Limits;
import io.busbar.modbus.map.RegisterMap;
import io.busbar.modbus.plugin.ModbusChargerPlugin;

/**
 * A driver that leaves its devices a tenth of the usual pauses, so that tests do not wait for them.
 * Simulated devices do not mind; everything else is as in the driver itself.
 */
public final class HurriedPlugin extends ModbusChargerPlugin {

  private static final int TIMES = 10;
  private static final int MOST_TIMEOUT_MILLIS = 1000;
  private static final int PAUSE_SECONDS = 1;

  private final ModbusChargerPlugin driver;

  public HurriedPlugin(ModbusChargerPlugin driver) {
    this.driver = driver;
  }

  @Override
  public RegisterMap map() {
    RegisterMap map = driver.map();
    Limits own = map.limits();
    return map.with(
        new Limits(
            own.maxReadRegisters(),
            own.joinsRegisters(),
            own.gapMillis() / TIMES,
            own.writeGapMillis() / TIMES,
            Math.min(own.timeoutMillis(), MOST_TIMEOUT_MILLIS),
            PAUSE_SECONDS,
            2 * PAUSE_SECONDS,
            own.pollMillis() / TIMES));
  }

  @Override
  protected ChargerQuirk quirk() {
    return driver.newQuirk();
  }
}
