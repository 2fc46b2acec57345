package io.busbar.charger.keba;

import io.busbar.api.field.VehicleState;
import io.busbar.modbus.charger.ChargerQuirk;
import io.busbar.modbus.map.Values;

/** Whether a vehicle is there is told by the cable, never by the state alone. */
final class KebaQuirk implements ChargerQuirk {

  /** Bit of the cable's state: plugged into the vehicle. */
  private static final long AT_VEHICLE = 4;

  @Override
  public VehicleState vehicle(Values values, VehicleState byTable) {
    boolean attached = ((long) values.number("cable_state").orElse(AT_VEHICLE) & AT_VEHICLE) != 0;
    return byTable == VehicleState.CONNECTED && !attached ? VehicleState.NONE : byTable;
  }
}
