package io.busbar.modbus.plugin;

import io.busbar.api.Bus;
import io.busbar.api.PluginContext;
import io.busbar.api.field.Device;
import io.busbar.api.field.DeviceList;
import io.busbar.api.field.FieldAddresses;
import io.busbar.api.kernel.KernelAddresses;
import io.busbar.api.topology.GetSnapshot;
import io.busbar.api.topology.ListSites;
import io.busbar.api.topology.Microgrid;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.modbus.charger.ChargerQuirk;
import io.busbar.modbus.map.RegisterMap;
import io.vertx.core.AbstractVerticle;
import java.util.Comparator;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Messages in, messages out: finds the configured connectors in the sites and steers them. */
final class ModbusChargerVerticle extends AbstractVerticle {

  private static final Logger LOG = LoggerFactory.getLogger(ModbusChargerVerticle.class);

  private final PluginContext context;
  private final Bus bus;
  private final ChargerFleet fleet;

  ModbusChargerVerticle(PluginContext context, RegisterMap map, Supplier<ChargerQuirk> quirks) {
    this.context = context;
    this.bus = context.bus();
    this.fleet =
        new ChargerFleet(context, map, quirks, ModbusChargerConfig.from(context.config(), map));
  }

  @Override
  public void start() {
    bus.hear(KernelAddresses.READY, ready -> begin());
    bus.hear(TopologyAddresses.UPDATED, updated -> follow(updated.microgridId()));
    bus.answer(FieldAddresses.DEVICES.at(context.pluginId()), question -> devices());
  }

  private DeviceList devices() {
    return new DeviceList(
        fleet.devices().stream().sorted(Comparator.comparing(Device::name)).toList());
  }

  private void begin() {
    bus.ask(TopologyAddresses.LIST_SITES, new ListSites())
        .onSuccess(
            list -> {
              list.sites().stream().map(Microgrid::microgridId).forEach(this::follow);
              fleet.reportHealth();
            })
        .onFailure(context::restart);
  }

  private void follow(UUID microgridId) {
    bus.ask(TopologyAddresses.SNAPSHOT.at(microgridId), new GetSnapshot())
        .onSuccess(fleet::take)
        .onFailure(fault -> LOG.warn("no topology of {}: {}", microgridId, fault.getMessage()));
  }

  @Override
  public void stop() {
    fleet.close();
  }
}
