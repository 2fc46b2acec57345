package io.busbar.bench;

import io.busbar.charger.alfen.AlfenPlugin;
import io.busbar.modbus.map.RegisterMap;
import io.busbar.modbus.simulation.ModbusServer;
import io.busbar.modbus.simulation.SimulatedCharger;
import io.busbar.modbus.simulation.SimulatedCharger.Write;
import io.busbar.modbus.wire.Framing;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The chargers of the Modbus bench, in a process of their own so that their work is not counted.
 * Prints their ports; then, for every line with an instant of {@link System#nanoTime}, the instants
 * after it at which a charger was set to something else than before. Ends with its input.
 */
final class ModbusField {

  /** Begins every line that is no log. */
  static final String ANSWER = "= ";

  private static final int WATTS_PER_AMP = 690;
  private static final int FALLBACK_AMPS = 6;
  private static final int WATCHDOG_SECONDS = 60;
  private static final int VEHICLE_WATTS = 16 * WATTS_PER_AMP;
  private static final int STATION = 200;
  private static final String SET_POINT = "max_current_setpoint";

  private ModbusField() {}

  /** Takes the number of chargers. */
  public static void main(String[] words) throws IOException {
    RegisterMap map = new AlfenPlugin().map();
    List<SimulatedCharger> chargers = new ArrayList<>();
    List<String> ports = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(words[0]); i++) {
      SimulatedCharger charger = new SimulatedCharger(map, 1, WATTS_PER_AMP);
      charger.watchdog(WATCHDOG_SECONDS, FALLBACK_AMPS);
      charger.plug(VEHICLE_WATTS);
      Map<Integer, SimulatedCharger> units = Map.of(1, charger, STATION, charger);
      ports.add("" + new ModbusServer(Framing.TCP, units, 2, 0).peer().port());
      chargers.add(charger);
    }
    System.out.println(ANSWER + String.join(" ", ports));
    try (BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        long from = Long.parseLong(line);
        System.out.println(
            ANSWER
                + chargers.stream()
                    .map(charger -> changes(charger, from))
                    .flatMap(List::stream)
                    .map(at -> Long.toString(at))
                    .collect(Collectors.joining(" ")));
      }
    }
    System.exit(0);
  }

  private static List<Long> changes(SimulatedCharger charger, long from) {
    List<Long> changes = new ArrayList<>();
    double before = Double.NaN;
    for (Write write : charger.writes()) {
      if (write.key().equals(SET_POINT)) {
        if (write.at() - from > 0 && write.value() != before) {
          changes.add(write.at());
        }
        before = write.value();
      }
    }
    return changes;
  }
}
