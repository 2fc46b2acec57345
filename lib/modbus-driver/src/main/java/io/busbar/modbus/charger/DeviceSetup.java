package io.busbar.modbus.charger;

import io.busbar.modbus.lane.Exchange;
import io.busbar.modbus.map.Codec;
import io.busbar.modbus.map.Register;
import io.busbar.modbus.map.RegisterMap;
import io.busbar.modbus.map.RegisterMap.SetupWrite;
import io.busbar.modbus.map.Values;
import io.busbar.modbus.map.WatchdogRule;
import io.busbar.modbus.wire.DeviceException;
import io.busbar.modbus.wire.ModbusException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** What is read and written when a device was reached anew. */
final class DeviceSetup {

  private static final double MILLIS = 1000;

  /** Settings as devices show them may be rounded. */
  private static final double TOLERANCE = 0.01;

  private final RegisterMap map;
  private final ChargerSettings settings;
  private final RegisterReader reader;
  private final SetpointScale scale;
  private boolean mute;

  DeviceSetup(
      RegisterMap map, ChargerSettings settings, RegisterReader reader, SetpointScale scale) {
    this.map = map;
    this.settings = settings;
    this.reader = reader;
    this.scale = scale;
  }

  /**
   * What was found.
   *
   * @param identity values that are read once per connection
   * @param timeout of the watchdog; zero for none
   * @param fallbackWatts what the device allows when set-points stop; absent where it does not say
   * @param problems settings that the device did not take
   */
  record Found(
      Values identity, Duration timeout, OptionalInt fallbackWatts, List<String> problems) {}

  Found run(Exchange exchange) throws ModbusException {
    Values identity = identity(exchange);
    List<String> problems = new ArrayList<>();
    for (SetupWrite write : map.setup()) {
      apply(exchange, write, problems);
    }
    List<String> keys = new ArrayList<>();
    map.watchdog().timeoutRegister().ifPresent(keys::add);
    map.watchdog().fallbackRegister().ifPresent(keys::add);
    Values watchdog = reader.read(exchange, keys);
    return new Found(identity, timeout(watchdog), fallback(watchdog), problems);
  }

  /** A device that says nothing of what it is, is steered all the same, from the next try on. */
  private Values identity(Exchange exchange) throws ModbusException {
    if (mute) {
      return Values.NONE;
    }
    try {
      return reader.read(exchange, map.read().connect());
    } catch (ModbusException e) {
      mute = true;
      throw e;
    }
  }

  private void apply(Exchange exchange, SetupWrite write, List<String> problems)
      throws ModbusException {
    Register register = map.register(write.register());
    double value = value(write, register);
    if (write.check().isPresent() && shows(exchange, write.check().get(), value)) {
      return;
    }
    try {
      exchange.write(
          map.address(register, settings.point()), Codec.encode(register, value), register.write());
    } catch (DeviceException e) {
      problems.add(write.register() + " = " + value + " was refused: " + e.getMessage());
      return;
    }
    if (write.check().isPresent() && !shows(exchange, write.check().get(), value)) {
      problems.add(
          "%s was set to %s, which %s does not show"
              .formatted(write.register(), value, write.check().get()));
    }
  }

  private boolean shows(Exchange exchange, String key, double value) throws ModbusException {
    OptionalDouble shown = reader.read(exchange, List.of(key)).number(key);
    return shown.isPresent() && Math.abs(shown.getAsDouble() - value) <= TOLERANCE;
  }

  private double value(SetupWrite write, Register register) {
    return switch (write.value()) {
      case "timeout" ->
          settings.watchdog().map(Duration::toMillis).orElse(map.watchdog().seconds() * 1000L)
              / MILLIS;
      case "fallback" -> fallbackValue(register);
      default -> Double.parseDouble(write.value());
    };
  }

  /** Where 0 is no limit but has a pattern of its own, that pattern is set. */
  private double fallbackValue(Register register) {
    double value = scale.fallback(settings.fallbackWatts(), register.scale());
    return scale.watts(value) == 0 ? map.watchdog().noFallback().orElse(0) : value;
  }

  private Duration timeout(Values values) {
    WatchdogRule rule = map.watchdog();
    OptionalDouble read = values.number(rule.timeoutRegister());
    if (read.isPresent()) {
      boolean off = rule.off().isPresent() && rule.off().getAsDouble() == read.getAsDouble();
      return off ? Duration.ZERO : Duration.ofMillis(Math.round(read.getAsDouble() * MILLIS));
    }
    return settings.watchdog().orElse(Duration.ofSeconds(rule.seconds()));
  }

  private OptionalInt fallback(Values values) {
    OptionalDouble read = values.number(map.watchdog().fallbackRegister());
    if (read.isEmpty()) {
      return OptionalInt.empty();
    }
    OptionalDouble none = map.watchdog().noFallback();
    boolean stops = none.isPresent() && none.getAsDouble() == read.getAsDouble();
    return OptionalInt.of(stops ? 0 : scale.watts(read.getAsDouble()));
  }
}
