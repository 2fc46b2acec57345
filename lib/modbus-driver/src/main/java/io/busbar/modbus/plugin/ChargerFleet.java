package io.busbar.modbus.plugin;

import io.busbar.api.PluginContext;
import io.busbar.api.Registration;
import io.busbar.api.field.Device;
import io.busbar.api.field.FieldAddresses;
import io.busbar.api.field.Reading;
import io.busbar.api.field.Readings;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.TopologySnapshot;
import io.busbar.modbus.charger.ChargerListener;
import io.busbar.modbus.charger.ChargerQuirk;
import io.busbar.modbus.charger.ChargerSettings;
import io.busbar.modbus.charger.ModbusCharger;
import io.busbar.modbus.lane.Lane;
import io.busbar.modbus.map.RegisterMap;
import io.busbar.modbus.plugin.ModbusChargerConfig.Connection;
import io.busbar.modbus.wire.Peer;
import io.busbar.modbus.wire.SocketLink;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The chargers of one driver, one connection per device or gateway. */
final class ChargerFleet implements AutoCloseable {

  private final PluginContext context;
  private final RegisterMap map;
  private final Supplier<ChargerQuirk> quirks;
  private final ModbusChargerConfig config;
  private final FleetHealth health;
  private final Map<Peer, Lane> lanes = new HashMap<>();
  private final Map<Connection, Served> served = new HashMap<>();
  private boolean closed;

  private record Served(ModbusCharger charger, Registration registration) {}

  ChargerFleet(
      PluginContext context,
      RegisterMap map,
      Supplier<ChargerQuirk> quirks,
      ModbusChargerConfig config) {
    this.context = context;
    this.map = map;
    this.quirks = quirks;
    this.config = config;
    this.health = new FleetHealth(context.health());
  }

  /** Serves the configured connectors of a site as it is now. */
  synchronized void take(TopologySnapshot site) {
    for (Connection device : config.devices()) {
      Optional<MicrogridNode> node = find(site, device);
      if (node.isPresent()) {
        serve(device, ChargerFacts.settings(device, node.get(), isShared(device.peer())));
      } else if (isServedAt(device, site)) {
        retire(device);
      }
    }
    reportHealth();
  }

  private static Optional<MicrogridNode> find(TopologySnapshot site, Connection device) {
    if (device.site().isPresent() && !device.site().get().equals(site.microgrid().name())) {
      return Optional.empty();
    }
    return site.nodes().stream()
        .filter(node -> node.nodeType() == NodeType.CONNECTOR)
        .filter(node -> node.asset().filter(a -> a.ref().equals(device.connector())).isPresent())
        .findFirst();
  }

  private boolean isShared(Peer peer) {
    return config.devices().stream()
            .filter(device -> device.peer().equals(peer))
            .map(Connection::unit)
            .distinct()
            .count()
        > 1;
  }

  private boolean isServedAt(Connection device, TopologySnapshot site) {
    Served now = served.get(device);
    return now != null
        && now.charger().settings().microgridId().equals(site.microgrid().microgridId());
  }

  private void serve(Connection device, ChargerSettings settings) {
    Served before = served.get(device);
    if (closed || (before != null && before.charger().settings().equals(settings))) {
      return;
    }
    retire(device);
    ModbusCharger charger =
        new ModbusCharger(
            map,
            quirks.get(),
            settings,
            lane(device.peer()),
            context.pluginId(),
            device.peer() + ", unit " + device.unit(),
            context.clock(),
            new Teller(settings));
    Registration registration =
        context
            .bus()
            .answerLater(
                FieldAddresses.SET_POINT.at(settings.nodeId()),
                order -> Future.fromCompletionStage(charger.set(order)));
    served.put(device, new Served(charger, registration));
    charger.start();
  }

  private Lane lane(Peer peer) {
    return lanes.computeIfAbsent(peer, this::open);
  }

  private Lane open(Peer peer) {
    Lane lane =
        new Lane(
            map.limits().laneRules(),
            () -> SocketLink.connect(peer, map.limits().laneRules().connectTimeout()),
            Thread.ofVirtual().name("modbus " + peer).factory());
    new LaneMeters(context.metrics(), context.pluginId(), peer).of(lane);
    return lane;
  }

  private void retire(Connection device) {
    Served before = served.remove(device);
    if (before != null) {
      before.registration().close();
      before.charger().close();
      health.forget(before.charger().known());
    }
  }

  /** Every device that is served now. */
  synchronized List<Device> devices() {
    return served.values().stream().map(each -> each.charger().known()).toList();
  }

  /** Says which configured connectors are in no site. */
  synchronized void reportHealth() {
    List<String> lost = new ArrayList<>();
    for (Connection device : config.devices()) {
      if (!served.containsKey(device)) {
        lost.add(device.connector());
      }
    }
    health.report(served.size(), lost);
  }

  @Override
  public synchronized void close() {
    closed = true;
    served.values().forEach(each -> each.charger().close());
    lanes.values().forEach(Lane::close);
    served.clear();
    lanes.clear();
  }

  /** Puts what one charger says on the bus. */
  private final class Teller implements ChargerListener {

    private final ChargerSettings settings;

    Teller(ChargerSettings settings) {
      this.settings = settings;
    }

    @Override
    public void read(Reading reading) {
      context
          .bus()
          .tell(
              FieldAddresses.READINGS.at(settings.microgridId()),
              new Readings(settings.microgridId(), context.pluginId(), List.of(reading)));
    }

    @Override
    public void changed(Device device) {
      context.bus().tell(FieldAddresses.DEVICE.at(settings.microgridId()), device);
      health.changed(device);
    }
  }
}
