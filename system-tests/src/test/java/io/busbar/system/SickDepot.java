package io.busbar.system;

import io.busbar.api.field.Device;
import io.busbar.modbus.map.RegisterMap;
import io.busbar.modbus.map.SetpointRule.Unit;
import io.busbar.modbus.simulation.Fault;
import io.busbar.modbus.simulation.Fault.Kind;
import io.busbar.modbus.simulation.ModbusServer;
import io.busbar.modbus.simulation.SimulatedCharger;
import io.busbar.modbus.wire.Framing;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A depot of one vendor's chargers, all of which want more than its fuse carries. There is one for
 * every fault, and some that stay sound; all have addresses of their own.
 */
final class SickDepot implements AutoCloseable {

  static final int SOUND = 2;
  static final Duration POLL = Duration.ofSeconds(1);
  private static final int WATTS_PER_AMP = 690;
  private static final int FALLBACK_AMPS = 6;
  private static final int WATCHDOG_SECONDS = 20;
  private static final int WANTED_WATTS = 16 * WATTS_PER_AMP;
  private static final int WATTS_A_CHARGER = 8 * WATTS_PER_AMP;

  private final Vendor vendor;
  private final List<Point> points = new ArrayList<>();

  /** A charger and what will be wrong with it. */
  record Point(String name, Fault fault, SimulatedCharger charger, ModbusServer server) {

    /** Reference of its connector in the site. */
    String connector() {
      return name + "-1";
    }

    boolean isSound() {
      return fault.kind() == Kind.NONE;
    }
  }

  SickDepot(Vendor vendor) {
    this.vendor = vendor;
    List<Fault> faults =
        new ArrayList<>(Fault.all().filter(fault -> isPossible(vendor, fault)).toList());
    for (int i = 0; i < SOUND; i++) {
      faults.addFirst(Fault.NONE);
    }
    faults.forEach(this::add);
  }

  /** Serial frames carry no transaction that could be wrong. */
  private static boolean isPossible(Vendor vendor, Fault fault) {
    return fault.kind() != Kind.WRONG_TRANSACTION || framing(vendor) == Framing.TCP;
  }

  private static Framing framing(Vendor vendor) {
    return vendor.map().transport().framings().getFirst();
  }

  private void add(Fault fault) {
    RegisterMap map = vendor.map();
    SimulatedCharger charger = new SimulatedCharger(map, 1, WATTS_PER_AMP);
    boolean amps = map.setpoint().unit() == Unit.A;
    charger.watchdog(WATCHDOG_SECONDS, amps ? FALLBACK_AMPS : FALLBACK_AMPS * WATTS_PER_AMP);
    charger.plug(WANTED_WATTS);
    Map<Integer, SimulatedCharger> units =
        map.registers().values().stream()
            .map(vendor::unit)
            .distinct()
            .collect(Collectors.toMap(unit -> unit, unit -> charger));
    String name = "p%d-%s%d".formatted(points.size(), fault.kind(), fault.value());
    points.add(
        new Point(
            name.toLowerCase(Locale.ROOT).replace('_', '-'),
            fault,
            charger,
            new ModbusServer(framing(vendor), units, 2, 0)));
  }

  Vendor vendor() {
    return vendor;
  }

  String driver() {
    return "charger-" + vendor.map().driver();
  }

  List<Point> points() {
    return points;
  }

  /** What its fuse carries. */
  int limitWatts() {
    return points.size() * WATTS_A_CHARGER;
  }

  double watts() {
    return points.stream().mapToDouble(point -> point.charger().watts()).sum();
  }

  void fallSick() {
    points.forEach(point -> point.server().misbehave(point.fault()));
  }

  void recover() {
    points.forEach(point -> point.server().misbehave(Fault.NONE));
  }

  /** The device of a charger among those of its driver. */
  static Device of(Point point, List<Device> devices) {
    return devices.stream()
        .filter(device -> device.name().equals(point.connector()))
        .findFirst()
        .orElseThrow();
  }

  JsonObject config() {
    JsonArray devices = new JsonArray();
    for (Point point : points) {
      devices.add(
          new JsonObject()
              .put("connector", point.connector())
              .put("site", vendor.name())
              .put("host", "127.0.0.1")
              .put("port", point.server().peer().port())
              .put("poll_millis", POLL.toMillis())
              .put("watchdog_seconds", WATCHDOG_SECONDS));
    }
    return new JsonObject().put("devices", devices);
  }

  String site() {
    return """
    format: busbar-site/1
    depot: { id: %1$s, name: %1$s, time_zone: Europe/Berlin }
    defaults:
      connectors:
        { volts: 230, phases: L1L2L3, min_amps: 6, max_amps: 32, step_amps: 1,
          fail_safe_amps: %2$d, watchdog_seconds: %3$d }
    circuits:
      - { id: fuse, name: Fuse, default_capacity_watts: %4$d, fail_safe_capacity_watts: %4$d }
    charge_points:
      - { circuit: fuse, ids: [%5$s], max_watts: 22080, connectors: [{}] }
    """
        .formatted(
            vendor.name(),
            FALLBACK_AMPS,
            WATCHDOG_SECONDS,
            limitWatts(),
            points.stream().map(Point::name).collect(Collectors.joining(", ")));
  }

  @Override
  public void close() {
    points.forEach(point -> point.server().close());
  }
}
