package io.busbar.modbus.charger;

import io.busbar.api.field.DeviceFault;
import io.busbar.api.field.Reading;
import io.busbar.api.field.VehicleState;
import io.busbar.modbus.map.Register;
import io.busbar.modbus.map.RegisterMap;
import io.busbar.modbus.map.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What values of a charger mean. */
final class Readout {

  private static final int LINES = 3;

  private final RegisterMap map;
  private final ChargerSettings settings;
  private final ChargerQuirk quirk;

  Readout(RegisterMap map, ChargerSettings settings, ChargerQuirk quirk) {
    this.map = map;
    this.settings = settings;
    this.quirk = quirk;
  }

  /**
   * A reading of the values.
   *
   * @param limitWatts what the device allows now
   */
  Reading reading(Values values, Instant at, OptionalInt limitWatts) {
    OptionalDouble power = power(values);
    OptionalDouble energy = values.number(map.measured().energy());
    return new Reading(
        settings.nodeId(),
        at,
        power.isPresent()
            ? OptionalInt.of((int) Math.round(power.getAsDouble()))
            : OptionalInt.empty(),
        energy.isPresent()
            ? OptionalLong.of(Math.round(energy.getAsDouble()))
            : OptionalLong.empty(),
        currents(values),
        vehicle(values),
        limitWatts);
  }

  OptionalDouble power(Values values) {
    return quirk.power(values, values.number(map.measured().power()));
  }

  Optional<VehicleState> vehicle(Values values) {
    if (!values.has(map.status().register())) {
      return Optional.empty();
    }
    VehicleState byTable = map.status().state(values).orElse(VehicleState.FAULT);
    return Optional.of(quirk.vehicle(values, byTable));
  }

  /** All three or none; a box on one phase says nothing of the others. */
  private List<Double> currents(Values values) {
    List<Double> amps = new ArrayList<>();
    for (String key : map.measured().currents()) {
      values.number(key).ifPresent(amps::add);
    }
    return amps.size() == LINES ? amps : List.of();
  }

  /** What the device itself says is wrong. */
  List<DeviceFault> faults(Values values) {
    List<DeviceFault> faults = new ArrayList<>();
    for (String key : map.faults()) {
      long code = (long) values.number(key).orElse(0);
      if (code != 0) {
        faults.addAll(named(key, code));
      }
    }
    return quirk.faults(values, faults);
  }

  private List<DeviceFault> named(String key, long code) {
    Register register = map.register(key);
    List<DeviceFault> faults = new ArrayList<>();
    for (int bit = 0; !register.bits().isEmpty() && bit < Long.SIZE; bit++) {
      if ((code >>> bit & 1) == 1) {
        String name = register.bits().getOrDefault(bit, key + ", bit " + bit);
        faults.add(new DeviceFault("DEVICE", name));
      }
    }
    return faults.isEmpty()
        ? List.of(new DeviceFault("DEVICE", key + " is " + code))
        : List.copyOf(faults);
  }
}
