package io.busbar.system;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.charger.abbterraac.AbbTerraAcPlugin;
import io.busbar.charger.alfen.AlfenPlugin;
import io.busbar.charger.alpitronic.AlpitronicPlugin;
import io.busbar.charger.bender.BenderPlugin;
import io.busbar.charger.delta.DeltaPlugin;
import io.busbar.charger.heidelberg.HeidelbergPlugin;
import io.busbar.charger.keba.KebaPlugin;
import io.busbar.charger.phoenixcharx.PhoenixCharxPlugin;
import io.busbar.modbus.map.Register;
import io.busbar.modbus.map.RegisterMap;
import io.busbar.modbus.plugin.ModbusChargerPlugin;
import io.busbar.testkit.RealData;
import io.busbar.wire.RecordJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The drivers that are shipped, with the register image that each has among its tests. */
enum Vendor {
  ALFEN(AlfenPlugin::new),
  ABB(AbbTerraAcPlugin::new),
  KEBA(KebaPlugin::new),
  CHARX(PhoenixCharxPlugin::new),
  BENDER(BenderPlugin::new),
  HEIDELBERG(HeidelbergPlugin::new),
  ALPITRONIC(AlpitronicPlugin::new),
  DELTA(DeltaPlugin::new);

  private final Supplier<ModbusChargerPlugin> maker;
  private final RegisterMap map;

  Vendor(Supplier<ModbusChargerPlugin> maker) {
    this.maker = maker;
    this.map = maker.get().map();
  }

  ModbusChargerPlugin plugin() {
    return maker.get();
  }

  RegisterMap map() {
    return map;
  }

  int unit() {
    return map.units().point();
  }

  /** Unit under which a register of the first connector is found. */
  int unit(Register register) {
    boolean station = register.scope() == Register.Scope.STATION && map.units().stationIsOwn();
    return station ? map.units().station() : unit();
  }

  /** A register's value and words, as the vendor's document or a device says. */
  record Example(JsonNode value, int[] words) {}

  /** The image, by key. */
  Map<String, Example> image() {
    String type = plugin().getClass().getPackageName().replace('.', '/');
    String file =
        "plugins/charger-%s/src/test/resources/%s/image.json".formatted(map.driver(), type);
    try {
      Map<String, Example> image = new LinkedHashMap<>();
      JsonNode root = RecordJson.mapper().readTree(RealData.repository().resolve(file).toFile());
      for (JsonNode each : root.get("registers")) {
        int[] words = RecordJson.mapper().convertValue(each.get("example_raw"), int[].class);
        image.put(each.get("key").asText(), new Example(each.get("example"), words));
      }
      return image;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
