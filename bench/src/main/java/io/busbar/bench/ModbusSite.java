package io.busbar.bench;

import io.busbar.api.field.FieldAddresses;
import io.busbar.api.field.Reading;
import io.busbar.api.field.Readings;
import io.busbar.api.topology.GetSnapshot;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.api.topology.TopologySnapshot;
import io.busbar.charger.alfen.AlfenPlugin;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * A depot of Modbus chargers behind one grid connection with a house, steered by topology,
 * balancing and the driver as they are.
 */
final class ModbusSite implements AutoCloseable {

  private static final int WATTS_A_CHARGER = 10 * 690;
  private static final int HOUSE_WATTS_A_CHARGER = 2 * 690;

  private final RunningPlugins plugins = new RunningPlugins();
  private final LongAdder readings = new LongAdder();
  private final int chargers;
  private final UUID id;
  private final UUID house;
  private boolean high;

  ModbusSite(List<Integer> ports) {
    chargers = ports.size();
    JsonArray devices = new JsonArray();
    for (int i = 0; i < chargers; i++) {
      devices.add(
          new JsonObject()
              .put("connector", "p" + i + "-1")
              .put("host", "127.0.0.1")
              .put("port", ports.get(i))
              .put("poll_millis", 1000)
              .put("watchdog_seconds", 60));
    }
    plugins.deploy("charger-alfen", new AlfenPlugin(), new JsonObject().put("devices", devices));
    id = plugins.start(text());
    plugins
        .bus()
        .hear(FieldAddresses.READINGS.at(id), told -> readings.add(told.readings().size()));
    TopologySnapshot tree =
        RunningPlugins.await(
            plugins.bus().ask(TopologyAddresses.SNAPSHOT.at(id), new GetSnapshot()));
    house =
        tree.nodes().stream()
            .filter(node -> node.nodeType() == NodeType.CIRCUIT)
            .filter(node -> node.asset().orElseThrow().ref().equals("house"))
            .map(MicrogridNode::nodeId)
            .findFirst()
            .orElseThrow();
  }

  private String text() {
    StringBuilder text =
        new StringBuilder(
            """
            format: busbar-site/1
            depot: { id: modbus, name: Modbus, time_zone: Europe/Berlin }
            defaults:
              charge_points: { max_watts: 22080 }
              connectors:
                { volts: 230, phases: L1L2L3, min_amps: 6, max_amps: 32, step_amps: 0.1,
                  fail_safe_amps: 6, watchdog_seconds: 60 }
            circuits:
              - { id: main, default_capacity_watts: %1$d }
              - { id: cars, parent: main, default_capacity_watts: %1$d }
              - { id: house, parent: main, default_capacity_watts: %1$d }
            meters:
              - { id: m, circuit: house, fallback: [{ policy: FIXED, watts: 0 }] }
            charge_points:
            """
                .formatted(chargers * WATTS_A_CHARGER));
    for (int point = 0; point < chargers; point++) {
      text.append("  - { id: p%d, circuit: cars, connectors: [{}] }%n".formatted(point));
    }
    return text.toString();
  }

  /** Readings told so far. */
  long readings() {
    return readings.sum();
  }

  /** The house's meter steps up or down, so that every charger gets another limit; gives when. */
  long step() {
    high = !high;
    long at = System.nanoTime();
    tellHouse();
    return at;
  }

  /** The meter says again what it said. */
  void tellHouse() {
    Reading reading =
        Reading.ofPower(house, Instant.now(), high ? chargers * HOUSE_WATTS_A_CHARGER : 0);
    plugins.bus().tell(FieldAddresses.READINGS.at(id), new Readings(id, "bench", List.of(reading)));
  }

  /** Lets time pass as the meter goes on. */
  void run(int seconds) throws InterruptedException {
    for (int i = 0; i < seconds; i++) {
      tellHouse();
      TimeUnit.SECONDS.sleep(1);
    }
  }

  @Override
  public void close() {
    plugins.close();
  }
}
