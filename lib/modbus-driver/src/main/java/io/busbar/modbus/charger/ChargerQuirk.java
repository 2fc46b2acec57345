package io.busbar.modbus.charger;

import io.busbar.api.field.DeviceFault;
import io.busbar.api.field.VehicleState;
import io.busbar.modbus.map.Values;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a device does that its register map cannot say. Methods are called on the thread of the
 * connection, get what was read, and must not block.
 */
public interface ChargerQuirk {

  /** For devices that are as their map says. */
  ChargerQuirk NONE = new ChargerQuirk() {};

  /**
   * The state of the vehicle, where one register does not tell.
   *
   * @param byTable what the map's table gives
   */
  default VehicleState vehicle(Values values, VehicleState byTable) {
    return byTable;
  }

  /**
   * Active power in watts, where the register is not to be trusted.
   *
   * @param measured what the register says
   */
  default OptionalDouble power(Values values, OptionalDouble measured) {
    return measured;
  }

  /**
   * What is wrong with the device.
   *
   * @param byRegisters what the fault registers say
   */
  default List<DeviceFault> faults(Values values, List<DeviceFault> byRegisters) {
    return byRegisters;
  }
}
