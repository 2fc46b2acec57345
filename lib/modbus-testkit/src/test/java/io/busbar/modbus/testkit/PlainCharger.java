package io.busbar.modbus.testkit;

import io.busbar.modbus.map.RegisterMap;
import io.busbar.modbus.map.RegisterMaps;
import io.busbar.modbus.map.WatchdogRule.FedBy;
import io.busbar.modbus.plugin.ModbusChargerPlugin;
import java.util.Locale;

/** A charger of no vendor, in amperes, for tests of what all drivers have in common. */
final class PlainCharger {

  /** Where a connection sets the watchdog up. */
  private static final String SETUP =
      """
      setup:
        - { register: fallback, value: fallback, check: fallback }
        - { register: timeout, value: timeout, check: timeout }
      """;

  private PlainCharger() {}

  /** Its driver. */
  static final class Plugin extends ModbusChargerPlugin {

    private final RegisterMap map;

    Plugin(RegisterMap map) {
      this.map = map;
    }

    @Override
    public RegisterMap map() {
      return map;
    }
  }

  /** One whose watchdog an installer set up. */
  static RegisterMap map(FedBy fedBy) {
    return map(fedBy, "");
  }

  /** One that is set up at every connection. */
  static RegisterMap mapWithSetup(FedBy fedBy) {
    return map(fedBy, SETUP);
  }

  private static RegisterMap map(FedBy fedBy, String setup) {
    String text =
        """
        format: busbar-registers/1
        driver: plain
        vendor: Plain
        models: [Plain]
        limits: { timeout_millis: 1500, pause_ceiling_seconds: 2 }
        status: { register: state, values: { "0": none, "1": connected, "2": charging } }
        measured: { power: power, energy: energy, voltages: [voltage] }
        setpoint: { register: limit, unit: A, least: 6, step: 0.1, read_back: limit }
        watchdog: { fed_by: %s, seconds: 20, timeout_register: timeout, off: 0, fallback_register: fallback }
        %sread: { fast: [state, power, energy, voltage, limit, fallback] }
        registers:
          state: { address: 10, type: uint16, least: 0, most: 2, meaning: state }
          power: { address: 11, type: uint32, unit: W, least: 0, most: 50000, meaning: power }
          energy: { address: 13, type: uint32, unit: Wh, meaning: energy }
          voltage: { address: 15, type: uint16, unit: V, least: 200, most: 260, meaning: voltage }
          limit: { address: 16, type: uint16, scale: 0.1, unit: A, access: rw, meaning: limit }
          fallback: { address: 17, type: uint16, scale: 0.1, unit: A, access: rw, meaning: fallback }
          timeout: { address: 18, type: uint16, scale: 0.001, unit: s, access: rw, meaning: timeout }
        """;
    return RegisterMaps.parse(
        "plain", text.formatted(fedBy.name().toLowerCase(Locale.ROOT), setup));
  }
}
