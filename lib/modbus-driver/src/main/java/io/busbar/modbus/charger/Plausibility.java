package io.busbar.modbus.charger;

import io.busbar.modbus.map.Register;
import io.busbar.modbus.map.RegisterMap;
import io.busbar.modbus.map.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Whether values can be true: each in its range, energy never falling and never rising faster than
 * the connector can give. A register read from a wrong place is found here.
 */
final class Plausibility {

  /** A meter may count coarsely, and its clock is not ours. */
  private static final double MARGIN = 2;

  private static final double SLACK_WATT_HOURS = 1000;
  private static final double HOUR = 3_600_000;

  private final RegisterMap map;
  private final int maxWatts;
  private double energy = -1;
  private long energyAt;
  private boolean doubted;

  Plausibility(RegisterMap map, int maxWatts) {
    this.map = map;
    this.maxWatts = maxWatts;
  }

  /** What cannot be true, each as a text for people; empty when all can. */
  List<String> problems(Values values, long now) {
    List<String> problems = new ArrayList<>();
    values
        .all()
        .keySet()
        .forEach(
            key -> {
              Register register = map.register(key);
              OptionalDouble number = values.number(key);
              if (number.isPresent() && !isWithin(register, number.getAsDouble())) {
                problems.add(
                    "%s says %s %s"
                        .formatted(key, values.shown(key).orElseThrow(), register.unit())
                        .strip());
              }
            });
    if (problems.isEmpty()) {
      checkEnergy(values, now, problems);
    }
    return problems;
  }

  private static boolean isWithin(Register register, double value) {
    return value >= register.least().orElse(-Double.MAX_VALUE)
        && value <= register.most().orElse(Double.MAX_VALUE);
  }

  /** A jump is doubted once; when it is still there at the next poll, the meter was reset. */
  private void checkEnergy(Values values, long now, List<String> problems) {
    OptionalDouble read = values.number(map.measured().energy());
    if (read.isEmpty()) {
      return;
    }
    double value = read.getAsDouble();
    double hours = Duration.ofNanos(now - energyAt).toMillis() / HOUR;
    double most = energy + SLACK_WATT_HOURS + MARGIN * maxWatts * hours;
    if (energy >= 0 && !doubted && (value < energy || value > most)) {
      doubted = true;
      problems.add("energy went from %.0f to %.0f Wh".formatted(energy, value));
      return;
    }
    doubted = false;
    energy = value;
    energyAt = now;
  }
}
