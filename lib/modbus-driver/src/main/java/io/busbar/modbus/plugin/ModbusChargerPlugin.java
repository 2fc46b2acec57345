package io.busbar.modbus.plugin;

import io.busbar.api.Address;
import io.busbar.api.BusbarPlugin;
import io.busbar.api.PluginContext;
import io.busbar.api.field.FieldAddresses;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.modbus.charger.ChargerQuirk;
import io.busbar.modbus.map.RegisterMap;
import io.busbar.modbus.map.RegisterMaps;
import io.vertx.core.Verticle;
import java.util.List;
import java.util.Set;

/**
 * The entry point of a driver. A vendor's plugin extends it, has its {@code registers.yaml} in the
 * same package, and gives a quirk only if its devices need one.
 */
public abstract class ModbusChargerPlugin implements BusbarPlugin {

  /** What the map cannot say of these devices; a new one for each connector. */
  protected ChargerQuirk quirk() {
    return ChargerQuirk.NONE;
  }

  /** The vendor's register map. */
  public RegisterMap map() {
    return RegisterMaps.beside(getClass());
  }

  /** A quirk as the driver uses it, for tests against register images. */
  public final ChargerQuirk newQuirk() {
    return quirk();
  }

  @Override
  public final Set<Address> provides() {
    return Set.of(
        FieldAddresses.READINGS,
        FieldAddresses.SET_POINT,
        FieldAddresses.DEVICES,
        FieldAddresses.DEVICE);
  }

  @Override
  public final Set<Address> requires() {
    return Set.of(
        TopologyAddresses.LIST_SITES, TopologyAddresses.SNAPSHOT, TopologyAddresses.UPDATED);
  }

  @Override
  public final List<Verticle> verticles(PluginContext context) {
    return List.of(new ModbusChargerVerticle(context, map(), this::quirk));
  }
}
