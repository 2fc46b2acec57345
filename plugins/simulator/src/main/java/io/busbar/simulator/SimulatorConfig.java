package io.busbar.simulator;

import io.busbar.modbus.wire.Framing;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Settings of the simulator; see {@code config.schema.json}.
 *
 * @param sample time between readings
 * @param rampSeconds how long chargers take from 0 to their most
 * @param takeUpSeconds how long vehicles think before they draw what they are offered
 * @param seed everything random follows from it
 * @param sites what happens where
 * @param modbus connectors that are reached over Modbus only
 */
record SimulatorConfig(
    Duration sample,
    int rampSeconds,
    int takeUpSeconds,
    long seed,
    List<SiteConfig> sites,
    List<ModbusConfig> modbus) {

  SimulatorConfig {
    sites = List.copyOf(sites);
    modbus = List.copyOf(modbus);
  }

  /**
   * A connector whose charger speaks Modbus TCP on this machine.
   *
   * @param connector its reference in the site file
   * @param site its site; absent where the reference is in one site only
   * @param driver whose chargers it is like: name of a driver, or file of its jar
   * @param port where it listens
   * @param unit absent for the usual one
   * @param framing absent for the usual one
   * @param maxConnections further ones are closed at once
   * @param idle a connection without requests is closed after that; zero for never
   */
  record ModbusConfig(
      String connector,
      Optional<String> site,
      String driver,
      int port,
      OptionalInt unit,
      Optional<Framing> framing,
      int maxConnections,
      Duration idle) {

    static ModbusConfig from(JsonObject json) {
      Integer unit = json.getInteger("unit");
      return new ModbusConfig(
          json.getString("connector"),
          Optional.ofNullable(json.getString("site")),
          json.getString("driver"),
          json.getInteger("port"),
          unit == null ? OptionalInt.empty() : OptionalInt.of(unit),
          Optional.ofNullable(json.getString("framing"))
              .map(word -> Framing.valueOf(word.toUpperCase(Locale.ROOT))),
          json.getInteger("max_connections", 2),
          Duration.ofSeconds(json.getInteger("idle_seconds", 0)));
    }
  }

  /** Which vehicles come. */
  enum Traffic {
    /** Nobody; stays are given by {@code simulator.play.v1}. */
    NONE,
    /** Employees and visitors of a workplace. */
    WORKPLACE,
    /** A bus fleet that returns in the evening. */
    FLEET
  }

  /**
   * What happens at one site.
   *
   * @param site its name
   * @param traffic which vehicles come
   * @param factor how many, as a multiple of what was measured
   * @param localTime what time of an ordinary working day it is when the simulator starts; absent
   *     for the real time there
   * @param buildingPeakWatts peak of the building load under each meter; 0 for none
   * @param latitude where PV stands, degrees north
   * @param longitude degrees east
   */
  record SiteConfig(
      String site,
      Traffic traffic,
      double factor,
      Optional<LocalTime> localTime,
      double buildingPeakWatts,
      double latitude,
      double longitude) {}

  static SimulatorConfig from(JsonObject json) {
    return new SimulatorConfig(
        Duration.ofMillis(Math.round(json.getDouble("sample_seconds") * 1000)),
        json.getInteger("ramp_seconds"),
        json.getInteger("take_up_seconds"),
        json.getLong("seed"),
        sites(json.getJsonArray("sites")),
        json.getJsonArray("modbus", new JsonArray()).stream()
            .map(JsonObject.class::cast)
            .map(ModbusConfig::from)
            .toList());
  }

  private static List<SiteConfig> sites(JsonArray sites) {
    return sites.stream().map(JsonObject.class::cast).map(SimulatorConfig::site).toList();
  }

  private static SiteConfig site(JsonObject site) {
    return new SiteConfig(
        site.getString("site"),
        Traffic.valueOf(site.getString("traffic", "none").toUpperCase(Locale.ROOT)),
        site.getDouble("factor", 1.0),
        Optional.ofNullable(site.getString("local_time")).map(LocalTime::parse),
        site.getDouble("building_peak_watts", 0.0),
        site.getDouble("latitude", 45.0),
        site.getDouble("longitude", 0.0));
  }

  Physics.Manners manners() {
    return new Physics.Manners(rampSeconds, takeUpSeconds);
  }

  /** What happens at a site; nothing where nobody said. */
  SiteConfig of(String siteName) {
    return sites.stream()
        .filter(site -> site.site().equals(siteName))
        .findFirst()
        .orElseGet(() -> new SiteConfig(siteName, Traffic.NONE, 1, Optional.empty(), 0, 45, 0));
  }
}
