package io.busbar.modbus.plugin;

import io.busbar.modbus.map.RegisterMap;
import io.busbar.modbus.wire.Framing;
import io.busbar.modbus.wire.Peer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Settings of a driver: which device stands behind which connector.
 *
 * @param devices one per connector
 */
record ModbusChargerConfig(List<Connection> devices) {

  ModbusChargerConfig {
    devices = List.copyOf(devices);
  }

  /**
   * The device of one connector.
   *
   * @param connector reference of the connector in the site file
   * @param site name of the site; absent where the reference is in one site only
   * @param peer where the device is
   * @param unit unit id
   * @param stationUnit unit id of the device as a whole
   * @param point which connector of the device, from 1
   * @param poll time between two polls
   * @param watchdog the device's timeout, where it does not say it or is to be set
   * @param decisionMaxAge how long a set-point is kept up; absent for the connector's watchdog time
   */
  record Connection(
      String connector,
      Optional<String> site,
      Peer peer,
      int unit,
      int stationUnit,
      int point,
      Duration poll,
      Optional<Duration> watchdog,
      Optional<Duration> decisionMaxAge) {}

  static ModbusChargerConfig from(JsonObject json, RegisterMap map) {
    return new ModbusChargerConfig(
        json.getJsonArray("devices").stream()
            .map(JsonObject.class::cast)
            .map(device -> connection(device, map))
            .toList());
  }

  private static Connection connection(JsonObject json, RegisterMap map) {
    int point = json.getInteger("point", 1);
    int unit = json.getInteger("unit", map.units().point() + unitOffset(map, point));
    String framing = json.getString("framing");
    return new Connection(
        json.getString("connector"),
        Optional.ofNullable(json.getString("site")),
        new Peer(
            json.getString("host"),
            json.getInteger("port", map.transport().port()) + portOffset(map, point),
            framing == null
                ? map.transport().framings().getFirst()
                : Framing.valueOf(framing.toUpperCase(Locale.ROOT))),
        unit,
        map.units().stationIsOwn() ? map.units().station() : unit,
        point,
        Duration.ofMillis(json.getInteger("poll_millis", map.limits().pollMillis())),
        seconds(json, "watchdog_seconds"),
        seconds(json, "decision_max_age_seconds"));
  }

  private static int unitOffset(RegisterMap map, int point) {
    return map.units().perPoint() ? point - 1 : 0;
  }

  private static int portOffset(RegisterMap map, int point) {
    return switch (map.points().addressing()) {
      case PORT -> point - 1;
      case NONE, UNIT, STRIDE -> 0;
    };
  }

  private static Optional<Duration> seconds(JsonObject json, String key) {
    return Optional.ofNullable(json.getInteger(key)).map(Duration::ofSeconds);
  }
}
