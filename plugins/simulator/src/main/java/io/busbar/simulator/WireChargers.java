package io.busbar.simulator;

import io.busbar.api.field.VehicleState;
import io.busbar.api.simulator.Degrade.What;
import io.busbar.api.topology.AssetFacts;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.TopologySnapshot;
import io.busbar.api.topology.Wiring;
import io.busbar.modbus.map.RegisterMap;
import io.busbar.modbus.map.SetpointRule.Unit;
import io.busbar.modbus.plugin.DriverJar;
import io.busbar.modbus.simulation.Fault;
import io.busbar.modbus.simulation.Fault.Kind;
import io.busbar.modbus.simulation.ModbusServer;
import io.busbar.modbus.simulation.SimulatedCharger;
import io.busbar.modbus.wire.Framing;
import io.busbar.simulator.SimulatorConfig.ModbusConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Chargers of a site that are reached over Modbus only, each with the registers of a vendor. What
 * they allow comes off the wire, or is their fallback; vehicles are those of the site.
 */
final class WireChargers implements AutoCloseable {

  private static final int USUAL_WATTS_PER_AMP = 230;
  private static final int REFUSED = 4;
  private static final int MILLIS = 1000;

  private final List<ModbusConfig> config;
  private final Map<UUID, Wired> chargers = new LinkedHashMap<>();
  private final List<ModbusServer> servers = new ArrayList<>();

  /** One charger; what it shows is of the last step. */
  private static final class Wired implements SimulatedCharger.Load {

    private final int unit;
    private final SimulatedCharger device;
    private ModbusServer server;
    private volatile VehicleState vehicle = VehicleState.NONE;
    private volatile double watts;
    private volatile double wattHours;

    Wired(int unit, SimulatedCharger device) {
      this.unit = unit;
      this.device = device;
      device.follow(this);
    }

    @Override
    public VehicleState vehicle() {
      return vehicle;
    }

    @Override
    public double watts() {
      return watts;
    }

    @Override
    public double wattHours() {
      return wattHours;
    }
  }

  /** What listens on one port. */
  private record Gateway(
      Framing framing, ModbusConfig first, Map<Integer, SimulatedCharger> units, List<Wired> all) {}

  /**
   * Opens the ports of a site's chargers.
   *
   * @param folder what relative paths of jars are meant from
   * @throws IllegalArgumentException if there is no such driver, or a unit is there twice
   */
  WireChargers(List<ModbusConfig> config, TopologySnapshot site, Path folder) {
    this.config = config;
    Map<Integer, Gateway> gateways = new LinkedHashMap<>();
    for (ModbusConfig each : config) {
      find(each, site).ifPresent(node -> add(each, node, map(each.driver(), folder), gateways));
    }
    gateways.forEach(this::open);
  }

  private static Optional<MicrogridNode> find(ModbusConfig wanted, TopologySnapshot site) {
    if (wanted.site().isPresent() && !wanted.site().get().equals(site.microgrid().name())) {
      return Optional.empty();
    }
    return site.nodes().stream()
        .filter(node -> node.nodeType() == NodeType.CONNECTOR)
        .filter(node -> node.asset().filter(a -> a.ref().equals(wanted.connector())).isPresent())
        .findFirst();
  }

  private static RegisterMap map(String driver, Path folder) {
    Path file = folder.resolve(driver);
    Path jar =
        driver.endsWith(".jar") && Files.isRegularFile(file)
            ? file
            : DriverJar.find(driver, DriverJar.folders())
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "there is no driver %s in %s".formatted(driver, DriverJar.folders())));
    try (DriverJar loaded = DriverJar.open(jar)) {
      return loaded.plugin().map();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(
      ModbusConfig each, MicrogridNode node, RegisterMap map, Map<Integer, Gateway> gateways) {
    int unit = each.unit().orElse(map.units().point());
    Wired wired = new Wired(unit, device(map, node.asset().orElseThrow()));
    Gateway gateway =
        gateways.computeIfAbsent(
            each.port(),
            port ->
                new Gateway(
                    each.framing().orElse(map.transport().framings().getFirst()),
                    each,
                    new HashMap<>(),
                    new ArrayList<>()));
    if (gateway.units().putIfAbsent(unit, wired.device) != null) {
      throw new IllegalArgumentException(
          "simulator.modbus: unit %d of port %d is given twice".formatted(unit, each.port()));
    }
    if (map.units().stationIsOwn()) {
      gateway.units().putIfAbsent(map.units().station(), wired.device);
    }
    gateway.all().add(wired);
    chargers.put(node.nodeId(), wired);
  }

  private static SimulatedCharger device(RegisterMap map, AssetFacts asset) {
    int wattsPerAmp = asset.wiring().map(Wiring::wattsPerAmp).orElse(USUAL_WATTS_PER_AMP);
    SimulatedCharger device = new SimulatedCharger(map, 1, wattsPerAmp);
    double fallback = asset.failSafeWatts().orElse(0);
    int seconds =
        asset
            .connector()
            .map(facts -> facts.watchdogSeconds())
            .filter(given -> given > 0)
            .orElse(map.watchdog().seconds());
    device.watchdog(seconds, map.setpoint().unit() == Unit.W ? fallback : fallback / wattsPerAmp);
    return device;
  }

  private void open(int port, Gateway gateway) {
    ModbusServer server =
        new ModbusServer(
            port,
            gateway.framing(),
            gateway.units(),
            gateway.first().maxConnections(),
            Math.toIntExact(gateway.first().idle().toSeconds() * MILLIS));
    gateway.all().forEach(wired -> wired.server = server);
    servers.add(server);
  }

  /** The connectors that are reached like this. */
  Set<UUID> nodes() {
    return chargers.keySet();
  }

  /** Whether a site that was edited has the same of them. */
  boolean isAsIn(TopologySnapshot site) {
    List<UUID> there =
        config.stream()
            .map(each -> find(each, site))
            .flatMap(Optional::stream)
            .map(MicrogridNode::nodeId)
            .toList();
    return there.equals(List.copyOf(chargers.keySet()));
  }

  /** Brings limits from the wire to the vehicles, and what they draw to the wire. */
  void step(Physics physics, Faults faults, Instant now) {
    chargers.forEach(
        (node, wired) -> {
          Evse evse = physics.evse(node).orElseThrow();
          evse.set((int) Math.floor(wired.device.limitWatts()), now.getEpochSecond());
          wired.vehicle = evse.vehicle();
          wired.watts = evse.watts();
          wired.wattHours = evse.energyWattHours();
          misbehave(node, wired, faults);
        });
  }

  /** One that is offline is silent; one that refuses answers with exceptions, a slow one late. */
  private static void misbehave(UUID node, Wired wired, Faults faults) {
    wired.server.misbehave(
        wired.unit,
        faults.at(What.DEVICE_OFFLINE, node)
            ? Fault.of(Kind.SILENT)
            : faults.at(What.DEVICE_REFUSING, node)
                ? Fault.exception(REFUSED)
                : faults.delaySeconds(node) > 0
                    ? Fault.delay(faults.delaySeconds(node) * MILLIS)
                    : Fault.NONE);
  }

  @Override
  public void close() {
    servers.forEach(ModbusServer::close);
  }
}
