package io.busbar.modbus.map;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A {@code registers.yaml}; its schema describes every field.
 *
 * @param driver name of the driver, also its plugin id behind {@code charger-}
 * @param vendor for people
 * @param models what it is for
 * @param transport how devices are reached
 * @param units which unit ids they answer
 * @param points how several connectors of one device are told apart
 * @param limits what a device puts up with
 * @param status where the state of the vehicle is
 * @param measured where measured values are
 * @param setpoint how a limit is set
 * @param watchdog what happens when nobody sets limits any more
 * @param setup what is written at every connection
 * @param read what is read how often
 * @param identity where the device says what it is
 * @param faults registers that name faults, by bits or by a code
 * @param registers all registers by key
 * @param quirks what differs from what one would expect
 * @param sources where the facts are from, by tag
 */
public record RegisterMap(
    String driver,
    String vendor,
    List<String> models,
    Transport transport,
    Units units,
    Points points,
    Limits limits,
    StatusRule status,
    Measured measured,
    SetpointRule setpoint,
    WatchdogRule watchdog,
    List<SetupWrite> setup,
    ReadLists read,
    Identity identity,
    List<String> faults,
    Map<String, Register> registers,
    List<Quirk> quirks,
    Map<String, String> sources) {

  public RegisterMap {
    models = List.copyOf(models);
    setup = List.copyOf(setup);
    faults = List.copyOf(faults);
    registers = Map.copyOf(registers);
    quirks = List.copyOf(quirks);
    sources = Map.copyOf(sources);
  }

  /** The same map for devices that put up with something else. */
  public RegisterMap with(Limits other) {
    return new RegisterMap(
        driver, vendor, models, transport, units, points, other, status, measured, setpoint,
        watchdog, setup, read, identity, faults, registers, quirks, sources);
  }

  /** A register that is known to be there. */
  public Register register(String key) {
    Register register = registers.get(key);
    if (register == null) {
      throw new IllegalArgumentException(driver + " has no register " + key);
    }
    return register;
  }

  /** Where a connector's register is: that of the first, moved by the stride. */
  public int address(Register register, int point) {
    boolean moves =
        register.scope() == Register.Scope.POINT && points.addressing() == Points.Addressing.STRIDE;
    return register.address() + (moves ? (point - 1) * points.stride() : 0);
  }

  /** Registers that answer what they are asked: everything that can be read. */
  public boolean isReadable(Register register) {
    return register.access() != Register.Access.W;
  }

  /**
   * What a device says it is.
   *
   * @param serial key of the serial number
   * @param firmware key of the firmware version
   * @param model key of the model
   */
  public record Identity(
      Optional<String> serial, Optional<String> firmware, Optional<String> model) {}

  /**
   * Registers by how often they are read.
   *
   * @param fast at every poll
   * @param slow now and then
   * @param connect once per connection
   */
  public record ReadLists(List<String> fast, List<String> slow, List<String> connect) {
    public ReadLists {
      fast = List.copyOf(fast);
      slow = List.copyOf(slow);
      connect = List.copyOf(connect);
    }
  }

  /**
   * Measured values.
   *
   * @param power active power in watts
   * @param energy register of energy taken, in watt-hours
   * @param currents of L1, L2, L3 in amperes
   * @param voltages of L1, L2, L3 in volts
   */
  public record Measured(
      Optional<String> power,
      Optional<String> energy,
      List<String> currents,
      List<String> voltages) {
    public Measured {
      currents = List.copyOf(currents);
      voltages = List.copyOf(voltages);
    }
  }

  /**
   * Something written at every connection, because devices forget it.
   *
   * @param register what is written
   * @param value a number in the register's unit, or {@code timeout} or {@code fallback}
   * @param check register that shows it; absent where nothing does
   */
  public record SetupWrite(String register, String value, Optional<String> check) {}

  /**
   * A known peculiarity.
   *
   * @param id short name
   * @param text what happens, and what the driver does about it
   * @param source tags of {@code sources}, or threads where it was seen
   */
  public record Quirk(String id, String text, List<String> source) {
    public Quirk {
      source = List.copyOf(source);
    }
  }
}
