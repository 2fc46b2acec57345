package io.busbar.charger.delta;

import io.busbar.api.field.VehicleState;
import io.busbar.modbus.charger.ChargerQuirk;
import io.busbar.modbus.map.Values;

/** Where a charger has the register of the process, that one tells the state better. */
final class DeltaQuirk implements ChargerQuirk {

  private static final int NO_VEHICLE = 0;
  private static final int CHARGING = 3;

  @Override
  public VehicleState vehicle(Values values, VehicleState byTable) {
    if (!values.has("process_state") || byTable == VehicleState.FAULT) {
      return byTable;
    }
    return switch ((int) values.number("process_state").orElse(NO_VEHICLE)) {
      case NO_VEHICLE -> VehicleState.NONE;
      case CHARGING -> VehicleState.CHARGING;
      default -> VehicleState.CONNECTED;
    };
  }
}
