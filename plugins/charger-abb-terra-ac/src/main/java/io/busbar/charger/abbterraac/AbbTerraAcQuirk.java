package io.busbar.charger.abbterraac;

import io.busbar.api.field.VehicleState;
import io.busbar.modbus.charger.ChargerQuirk;
import io.busbar.modbus.map.Values;

/** A charger whose state is "other" may have a vehicle; the cable tells. */
final class AbbTerraAcQuirk implements ChargerQuirk {

  private static final int OTHER = 5;
  private static final int STATE_SHIFT = 8;
  private static final int STATE_MASK = 0x7F;

  /** From this lock state on the cable is in the vehicle, too. */
  private static final double AT_VEHICLE = 0x101;

  @Override
  public VehicleState vehicle(Values values, VehicleState byTable) {
    if (values.number("error_code").orElse(0) != 0) {
      return VehicleState.FAULT;
    }
    long state = (long) values.number("charging_state").orElse(0) >>> STATE_SHIFT & STATE_MASK;
    boolean attached = values.number("lock_state").orElse(AT_VEHICLE) >= AT_VEHICLE;
    return state == OTHER && !attached ? VehicleState.NONE : byTable;
  }
}
