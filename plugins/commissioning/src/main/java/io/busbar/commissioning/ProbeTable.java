package io.busbar.commissioning;

import io.busbar.api.CommandContext;
import io.busbar.modbus.charger.Probe;
import io.busbar.modbus.charger.ProbedValue;
import io.busbar.modbus.charger.ProbedValue.Mark;
import io.busbar.modbus.map.RegisterMap;
import io.busbar.modbus.map.SetpointRule.Unit;
import io.busbar.modbus.wire.ModbusException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Prints what a probe found, and sets a limit when the user says yes. */
final class ProbeTable {

  private static final int DECIMALS = 1000;
  private static final double CLOSE = 0.06;

  private final PrintStream out;
  private final RegisterMap map;
  private final Probe probe;

  ProbeTable(CommandContext context, RegisterMap map, Probe probe) {
    this.out = context.out();
    this.map = map;
    this.probe = probe;
  }

  /** Gives the exit code. */
  int run(ProbeOptions options) throws ModbusException, IOException {
    List<ProbedValue> values = probe.read();
    print("%s %s at %s%n%n", map.vendor(), map.driver(), options.peer(map));
    print(
        "%7s  %-7s  %-26s  %22s  %-5s %s%n", "address", "", "register", "value", "unit", "meaning");
    values.forEach(this::row);
    probe.vehicle().ifPresent(state -> print("%nThe vehicle is %s.%n", state));
    probe.warnings().forEach(warning -> print("Note: %s%n", warning));
    long bad = values.stream().filter(ProbeTable::isBad).count();
    print("%n%d registers, %d missing or in doubt.%n", values.size(), bad);
    boolean set =
        options.setCurrent().isEmpty() || set(options.setCurrent().getAsDouble(), options);
    return bad == 0 && set ? 0 : 1;
  }

  private static boolean isBad(ProbedValue value) {
    return value.mark() == Mark.MISSING || value.mark() == Mark.DOUBTFUL;
  }

  private void row(ProbedValue value) {
    String remark = value.remark().isEmpty() ? "" : " (" + value.remark() + ")";
    print(
        "%7d  %-7s  %-26s  %22s  %-5s %s%s%n",
        value.address(),
        mark(value.mark()),
        value.key(),
        value.shown(),
        value.unit(),
        value.meaning(),
        remark);
  }

  private static String mark(Mark mark) {
    return switch (mark) {
      case FINE -> "ok";
      case NONE -> "-";
      case MISSING -> "MISSING";
      case DOUBTFUL -> "DOUBT";
    };
  }

  /** Asks, writes and reads back; true if the device shows what was written. */
  private boolean set(double amps, ProbeOptions options) throws ModbusException, IOException {
    double value = probe.valueFor(amps);
    String unit = map.setpoint().unit() == Unit.A ? "A" : "W";
    print(
        "%nWrite %s %s to %s of %s? A vehicle there may draw that much. [y/N] ",
        rounded(value), unit, map.setpoint().register(), options.peer(map));
    String answer =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    if (answer == null || !answer.strip().equalsIgnoreCase("y")) {
      print("%nNothing was written.%n");
      return false;
    }
    OptionalDouble shown = probe.write(value);
    boolean same = shown.isPresent() && Math.abs(shown.getAsDouble() - value) < CLOSE;
    print(
        "Written; it shows %s%s.%n",
        shown.isPresent() ? rounded(shown.getAsDouble()) + " " + unit : "nothing",
        same ? "" : ", which is not what was written");
    return same;
  }

  private static String rounded(double value) {
    double rounded = Math.round(value * DECIMALS) / (double) DECIMALS;
    return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
  }

  private void print(String format, Object... values) {
    out.printf(Locale.ROOT, format, values);
    out.flush();
  }
}
