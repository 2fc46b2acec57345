package io.busbar.modbus.plugin;

import io.busbar.api.Health;
import io.busbar.api.Health.Status;
import io.busbar.api.field.Device;
import io.busbar.api.field.DeviceFault;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/** One line of health for a driver: how many devices it has and what is wrong with which. */
final class FleetHealth {

  private static final String COMPONENT = "chargers";
  private static final int NAMED = 10;

  private final Health health;
  private final Map<String, String> faulty = new ConcurrentSkipListMap<>();
  private volatile int served;
  private volatile List<String> lost = List.of();

  FleetHealth(Health health) {
    this.health = health;
  }

  void changed(Device device) {
    if (device.faults().isEmpty()) {
      faulty.remove(device.name());
    } else {
      faulty.put(
          device.name(),
          device.faults().stream()
              .map(DeviceFault::code)
              .distinct()
              .collect(Collectors.joining(" ")));
    }
    report();
  }

  void forget(Device device) {
    faulty.remove(device.name());
  }

  /**
   * Tells how many are served.
   *
   * @param notFound configured connectors that are in no site
   */
  void report(int devices, List<String> notFound) {
    served = devices;
    lost = List.copyOf(notFound);
    report();
  }

  private void report() {
    StringBuilder text = new StringBuilder(served + " served");
    if (!lost.isEmpty()) {
      text.append("; in no site: ").append(String.join(", ", lost));
    }
    if (!faulty.isEmpty()) {
      text.append("; ")
          .append(
              faulty.entrySet().stream()
                  .limit(NAMED)
                  .map(entry -> entry.getKey() + " " + entry.getValue())
                  .collect(Collectors.joining(", ")));
    }
    boolean fine = lost.isEmpty() && faulty.isEmpty();
    health.report(COMPONENT, fine ? Status.UP : Status.DEGRADED, text.toString());
  }
}
