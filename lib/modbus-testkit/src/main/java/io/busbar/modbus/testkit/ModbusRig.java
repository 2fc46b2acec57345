package io.busbar.modbus.testkit;

import io.busbar.api.Bus;
import io.busbar.modbus.map.RegisterMap;
import io.busbar.modbus.plugin.ModbusChargerPlugin;
import io.busbar.modbus.simulation.Fault;
import io.busbar.modbus.simulation.ModbusServer;
import io.busbar.modbus.simulation.SimulatedCharger;
import io.busbar.modbus.wire.Framing;
import io.busbar.testkit.ChargerDriverContract.Rig;
import io.busbar.testkit.ConnectorSite;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.PluginHarness;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * A driver's plugin running against a simulated device. The device is spoken to in real time, and
 * the clock of the plugin goes with it.
 */
public final class ModbusRig implements Rig {

  /** What the site counts on when set-points stop, and the simulated device is set to. */
  public static final int FALLBACK_AMPS = 6;

  private static final int SHORTEST_WATCHDOG_SECONDS = 4;
  private static final int MILLIS = 1000;

  private final SimulatedCharger charger;
  private final ModbusServer server;
  private final FakeContext context;
  private final PluginHarness harness;
  private final RegisterMap map;

  /** Starts the plugin with one device that is as its map says. */
  public ModbusRig(ModbusChargerPlugin driver, Path dataFolder) {
    ModbusChargerPlugin plugin = new HurriedPlugin(driver);
    this.map = plugin.map();
    this.charger = new SimulatedCharger(map, 1, ConnectorSite.WATTS_PER_AMP);
    Framing framing = map.transport().framings().getFirst();
    this.server =
        new ModbusServer(
            framing, Map.of(map.units().point(), charger, stationUnit(), charger), 2, 0);
    charger.watchdog(watchdogSeconds(), fallbackValue());
    this.context =
        FakeContext.of(
            "charger-" + map.driver(), config(server.peer().port(), framing), dataFolder);
    new ConnectorSite(1, FALLBACK_AMPS, watchdogSeconds()).answerOn((Bus) context.bus());
    this.harness = PluginHarness.start(plugin, context);
  }

  private int stationUnit() {
    int station = map.units().station();
    return map.units().stationIsOwn() ? station : station == map.units().point() ? 0 : station;
  }

  private double fallbackValue() {
    return switch (map.setpoint().unit()) {
      case A -> FALLBACK_AMPS;
      case W -> FALLBACK_AMPS * ConnectorSite.WATTS_PER_AMP;
    };
  }

  private JsonObject config(int port, Framing framing) {
    int poll = Math.max(200, map.limits().gapMillis() * 8);
    return new JsonObject()
        .put(
            "devices",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("connector", "C1")
                        .put("host", "127.0.0.1")
                        .put("port", port)
                        .put("framing", framing.name().toLowerCase(Locale.ROOT))
                        .put("poll_millis", poll)
                        .put("watchdog_seconds", watchdogSeconds())));
  }

  /** Time for several writes, of which some devices take one every few seconds only. */
  private int watchdogSeconds() {
    return Math.max(SHORTEST_WATCHDOG_SECONDS, 4 * map.limits().writeGapMillis() / MILLIS);
  }

  /** The simulated device. */
  public SimulatedCharger charger() {
    return charger;
  }

  /** What it is reached through. */
  public ModbusServer server() {
    return server;
  }

  @Override
  public FakeContext context() {
    return context;
  }

  @Override
  public void plug(int watts) {
    charger.plug(watts);
  }

  @Override
  public void unplug() {
    charger.unplug();
  }

  @Override
  public void silent(boolean value) {
    server.misbehave(value ? Fault.of(Fault.Kind.SILENT) : Fault.NONE);
  }

  @Override
  public double drawn() {
    return charger.watts();
  }

  @Override
  public int pauseWatts() {
    return (int) map.setpoint().hold().orElse(0);
  }

  @Override
  public int fallbackWatts() {
    return FALLBACK_AMPS * ConnectorSite.WATTS_PER_AMP;
  }

  @Override
  public boolean eventually(Duration within, BooleanSupplier holds) {
    return RealTime.eventually(context.clock(), within, holds);
  }

  @Override
  public void close() {
    harness.close();
    server.close();
  }
}
