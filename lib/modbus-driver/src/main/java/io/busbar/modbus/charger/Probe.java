package io.busbar.modbus.charger;

import io.busbar.api.field.VehicleState;
import io.busbar.modbus.charger.ProbedValue.Mark;
import io.busbar.modbus.lane.Lane;
import io.busbar.modbus.lane.Priority;
import io.busbar.modbus.lane.Work;
import io.busbar.modbus.map.Codec;
import io.busbar.modbus.map.Register;
import io.busbar.modbus.map.RegisterMap;
import io.busbar.modbus.map.Values;
import io.busbar.modbus.wire.ModbusException;
import io.busbar.modbus.wire.WireException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;

/**
 * Reads a device once, register by register, and says of each whether it can be true. Writes only
 * what it is told to.
 */
public final class Probe {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final double LEAST_VOLTS = 200;
  private static final double MOST_VOLTS = 260;

  /** Below, a phase is not connected, as in a box on one phase. */
  private static final double NO_VOLTS = 30;

  private static final String SILENT = "its unit does not answer";
  private static final String ABSENT = "every such device should have it";
  private static final double POWER_SHARE = 0.15;
  private static final double POWER_WATTS = 200;

  private final RegisterMap map;
  private final ChargerSettings settings;
  private final Lane lane;
  private final RegisterReader reader;
  private final Readout readout;
  private final SetpointScale scale;
  private Values values = Values.NONE;
  private boolean stationIsSilent;

  /** A probe of one connector. */
  public Probe(RegisterMap map, ChargerQuirk quirk, ChargerSettings settings, Lane lane) {
    this.map = map;
    this.settings = settings;
    this.lane = lane;
    this.reader = new RegisterReader(map, settings);
    this.readout = new Readout(map, settings, quirk);
    this.scale = new SetpointScale(map.setpoint(), settings.wattsPerAmp());
  }

  /**
   * Reads everything that can be read, by address.
   *
   * @throws ModbusException when the device does not answer at all
   */
  public List<ProbedValue> read() throws ModbusException {
    List<Map.Entry<String, Register>> all =
        map.registers().entrySet().stream()
            .filter(each -> map.isReadable(each.getValue()))
            .sorted(
                Comparator.comparing((Map.Entry<String, Register> each) -> each.getValue().scope())
                    .thenComparing(each -> each.getValue().space())
                    .thenComparing(each -> each.getValue().address()))
            .toList();
    Map<String, Optional<String>> missing = new HashMap<>();
    for (Map.Entry<String, Register> each : all) {
      missing.put(each.getKey(), read(each.getKey()));
    }
    return all.stream().map(each -> judged(each.getKey(), missing.get(each.getKey()))).toList();
  }

  /** Reads one register; gives why it has no value. A silent station is not asked again. */
  private Optional<String> read(String key) throws ModbusException {
    boolean ofTheStation = map.register(key).scope() == Register.Scope.STATION;
    if (ofTheStation && stationIsSilent) {
      return Optional.of(SILENT);
    }
    try {
      values = values.and(run(exchange -> reader.read(exchange, List.of(key))));
    } catch (WireException e) {
      if (!ofTheStation || e.kind() == WireException.Kind.NOT_CONNECTED) {
        throw e;
      }
      stationIsSilent = true;
      return Optional.of(SILENT);
    }
    if (values.has(key)) {
      return Optional.empty();
    }
    return Optional.of(reader.missing().contains(key) ? ABSENT : "says that it has none");
  }

  private ProbedValue judged(String key, Optional<String> missing) {
    Register register = map.register(key);
    int address = map.address(register, settings.point());
    if (missing.isPresent()) {
      Mark mark = missing.get().equals(ABSENT) ? Mark.MISSING : Mark.NONE;
      return new ProbedValue(key, address, "–", "", register.meaning(), mark, missing.get());
    }
    Optional<String> doubt = doubt(key, register);
    String shown = values.shown(key).orElseThrow();
    String named = Optional.ofNullable(register.values().get(shown)).map(" "::concat).orElse("");
    return new ProbedValue(
        key,
        address,
        shown + named,
        register.unit(),
        register.meaning(),
        doubt.isPresent() ? Mark.DOUBTFUL : Mark.FINE,
        doubt.orElse(""));
  }

  private Optional<String> doubt(String key, Register register) {
    OptionalDouble number = values.number(key);
    if (key.equals(map.status().register()) && map.status().state(values).isEmpty()) {
      return Optional.of("not in the table of states");
    }
    if (number.isEmpty()) {
      return Optional.empty();
    }
    double value = number.getAsDouble();
    double least = register.least().orElse(-Double.MAX_VALUE);
    double most = register.most().orElse(Double.MAX_VALUE);
    if (value < least || value > most) {
      return Optional.of("outside %s to %s".formatted(least, most));
    }
    boolean volts = map.measured().voltages().contains(key);
    if (volts && value > NO_VOLTS && (value < LEAST_VOLTS || value > MOST_VOLTS)) {
      return Optional.of("no voltage of a phase");
    }
    boolean power = map.measured().power().filter(key::equals).isPresent();
    return power ? powerDoubt(value) : Optional.empty();
  }

  /** Power has to go with volts and amperes, as far as those are read. */
  private Optional<String> powerDoubt(double watts) {
    double sum = 0;
    for (int i = 0; i < map.measured().currents().size(); i++) {
      OptionalDouble amps = values.number(map.measured().currents().get(i));
      OptionalDouble volts =
          i < map.measured().voltages().size()
              ? values.number(map.measured().voltages().get(i))
              : OptionalDouble.empty();
      sum += amps.orElse(0) * volts.orElse(0);
    }
    boolean known = !map.measured().currents().isEmpty() && !map.measured().voltages().isEmpty();
    return known && Math.abs(sum - watts) > POWER_WATTS + POWER_SHARE * Math.max(sum, watts)
        ? Optional.of("volts times amperes are %.0f W".formatted(sum))
        : Optional.empty();
  }

  /** The state of the vehicle as the driver would tell it. */
  public Optional<VehicleState> vehicle() {
    return readout.vehicle(values);
  }

  /** What the device itself says is wrong, and what would be wrong with its watchdog. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    readout.faults(values).forEach(fault -> warnings.add("it says: " + fault.text()));
    OptionalDouble timeout = values.number(map.watchdog().timeoutRegister());
    if (timeout.isPresent() && timeout.equals(map.watchdog().off())) {
      warnings.add("its watchdog is off: without us it goes on as it is");
    }
    OptionalDouble fallback = values.number(map.watchdog().fallbackRegister());
    if (fallback.isPresent() && !fallback.equals(map.watchdog().noFallback())) {
      warnings.add(
          "without set-points it allows %d W; say no less as fail-safe in the site file"
              .formatted(scale.watts(fallback.getAsDouble())));
    }
    return warnings;
  }

  /** What would be written for so many amperes, in the unit of the set-point. */
  public double valueFor(double amps) {
    return scale.value(
        (int) Math.round(amps * settings.wattsPerAmp()),
        values.number(map.setpoint().mostRegister()));
  }

  /**
   * Writes a set-point and gives what the device shows then.
   *
   * @param value in the unit of the set-point
   */
  public OptionalDouble write(double value) throws ModbusException {
    Register register = map.register(map.setpoint().register());
    String back = map.setpoint().readBack();
    return run(
        exchange -> {
          exchange.write(
              map.address(register, settings.point()),
              Codec.encode(register, value),
              register.write());
          return reader.read(exchange, List.of(back)).number(back);
        });
  }

  private <T> T run(Work<T> work) throws ModbusException {
    try {
      return lane.submit(settings.unit(), Priority.FAST_POLL, Duration.ZERO, PATIENCE, work).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ModbusException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WireException(WireException.Kind.CLOSED, "interrupted", e);
    }
  }
}
