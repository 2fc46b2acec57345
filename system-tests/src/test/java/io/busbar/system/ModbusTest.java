package io.busbar.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.modbus.map.RegisterMap;
import io.busbar.modbus.map.RegisterMaps;
import io.busbar.modbus.simulation.Fault;
import io.busbar.modbus.simulation.ModbusServer;
import io.busbar.modbus.simulation.SimulatedCharger;
import io.busbar.modbus.wire.Framing;
import io.busbar.testkit.RealData;
import io.busbar.testkit.Verifies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The product as it is shipped steers simulated chargers of two vendors over Modbus: two of Alfen's
 * with an address each, and two of Heidelberg's behind one serial gateway. Drivers are dropped in
 * while it runs; nothing else of the product is different from a run with the simulator.
 */
@Verifies({"KN-02", "KN-05"})
class ModbusTest {

  private static final int WATTS_PER_AMP = 690;

  /** What the site's fuse carries: less than half of what the four would draw. */
  private static final int SITE_WATTS = 27_600;

  private static final int FALLBACK_AMPS = 6;

  /** Alfen's unit of the whole station. */
  private static final int STATION = 200;

  @TempDir Path data;
  @TempDir Path plugins;
  @TempDir Path config;

  @Test
  void chargers_of_two_vendors_share_a_fuse_and_one_that_fails_does_not_disturb_the_others()
      throws Exception {
    List<SimulatedCharger> alfen = chargers("alfen", 2);
    List<SimulatedCharger> heidelberg = chargers("heidelberg", 2);
    List<SimulatedCharger> all = Stream.concat(alfen.stream(), heidelberg.stream()).toList();
    all.forEach(charger -> charger.plug(16 * WATTS_PER_AMP));
    // The first says what it is at the unit of its station, the second is silent there.
    try (ModbusServer first =
            new ModbusServer(Framing.TCP, Map.of(1, alfen.get(0), STATION, alfen.get(0)), 2, 0);
        ModbusServer second = ModbusServer.of(Framing.TCP, 1, alfen.get(1));
        ModbusServer gateway =
            new ModbusServer(
                Framing.RTU_OVER_TCP, Map.of(1, heidelberg.get(0), 2, heidelberg.get(1)), 1, 0)) {
      configure(first, second, gateway);
      try (RunningBusbar busbar =
          RunningBusbar.demo(
              data, "--config", config.toString(), "--set", "busbar.plugins.folder=" + plugins)) {
        install("alfen");
        install("heidelberg");

        holds("the fuse is used", () -> total(all) > SITE_WATTS * 0.9, all);
        assertThat(all).allSatisfy(charger -> assertThat(charger.watts()).isPositive());

        alfen.get(0).unplug();
        holds("others get what one leaves", () -> total(all) > SITE_WATTS * 0.9, all);

        second.misbehave(Fault.of(Fault.Kind.SILENT));
        holds("it is named", () -> health(busbar, "charger-alfen").contains("A-2-1 OFFLINE"), all);
        assertThat(health(busbar, "charger-heidelberg")).doesNotContain("OFFLINE");

        second.misbehave(Fault.NONE);
        holds(
            "it is served again", () -> !health(busbar, "charger-alfen").contains("OFFLINE"), all);
      }
    }
  }

  private static double total(List<SimulatedCharger> chargers) {
    return chargers.stream().mapToDouble(SimulatedCharger::watts).sum();
  }

  /** Waits, and sees all the while that the fuse is not overloaded. */
  private static void holds(String what, BooleanSupplier reached, List<SimulatedCharger> all) {
    AtomicReference<List<Long>> most = new AtomicReference<>(List.of());
    Awaitility.await(what)
        .atMost(Duration.ofSeconds(120))
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(
            () -> {
              List<Long> watts = all.stream().map(charger -> (long) charger.watts()).toList();
              most.updateAndGet(before -> sum(before) < sum(watts) ? watts : before);
              assertThat(reached.getAsBoolean()).as("%s; %s W", what, watts).isTrue();
            });
    assertThat(sum(most.get())).as("the fuse, with %s W", most).isLessThanOrEqualTo(SITE_WATTS);
  }

  private static long sum(List<Long> watts) {
    return watts.stream().mapToLong(Long::longValue).sum();
  }

  private static String health(RunningBusbar busbar, String plugin) {
    try {
      StringBuilder messages = new StringBuilder();
      for (JsonNode component : busbar.get("/health").get("components")) {
        if (component.get("name").asText().contains(plugin)) {
          messages.append(component.get("message").asText()).append('\n');
        }
      }
      return messages.toString();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static List<SimulatedCharger> chargers(String driver, int count) throws IOException {
    RegisterMap map = map(driver);
    return Stream.generate(() -> new SimulatedCharger(map, 1, WATTS_PER_AMP))
        .limit(count)
        .peek(charger -> charger.watchdog(10, FALLBACK_AMPS))
        .toList();
  }

  private static Path jar(String driver) {
    return RealData.repository()
        .resolve("distribution/target/busbar/drivers/busbar-charger-" + driver + ".jar");
  }

  private static RegisterMap map(String driver) throws IOException {
    String entry = "io/busbar/charger/" + driver + "/registers.yaml";
    try (ZipFile zip = new ZipFile(jar(driver).toFile())) {
      byte[] text = zip.getInputStream(zip.getEntry(entry)).readAllBytes();
      return RegisterMaps.parse(entry, new String(text, StandardCharsets.UTF_8));
    }
  }

  private void install(String driver) throws IOException {
    Files.copy(jar(driver), plugins.resolve("charger-" + driver + ".jar"));
  }

  private void configure(ModbusServer first, ModbusServer second, ModbusServer gateway)
      throws IOException {
    Path site =
        Files.writeString(
            config.resolve("garage.yaml"),
            """
            format: busbar-site/1
            depot: { id: modbus-garage, name: Modbus garage, time_zone: Europe/Berlin }
            defaults:
              connectors: { volts: 230, phases: L1L2L3, min_amps: 6, fail_safe_amps: %d, watchdog_seconds: 10 }
            circuits:
              - { id: fuse, name: Fuse, default_capacity_watts: %d, fail_safe_capacity_watts: %d }
            charge_points:
              - { circuit: fuse, ids: [A-1, A-2], max_watts: 22080, connectors: [{ max_amps: 32, step_amps: 0.001 }] }
              - { circuit: fuse, ids: [H-1, H-2], max_watts: 11040, connectors: [{ max_amps: 16, step_amps: 0.1 }] }
            """
                .formatted(FALLBACK_AMPS, SITE_WATTS, SITE_WATTS));
    Path overlay = Files.createDirectories(config.resolve("overlay"));
    Files.writeString(overlay.resolve("busbar.yaml"), "plugins: { disabled: [simulator] }\n");
    Files.writeString(overlay.resolve("topology.yaml"), "sites: [" + site + "]\n");
    Files.writeString(
        overlay.resolve("charger-alfen.yaml"),
        """
        devices:
          - { connector: A-1-1, host: 127.0.0.1, port: %d, watchdog_seconds: 10 }
          - { connector: A-2-1, host: 127.0.0.1, port: %d, watchdog_seconds: 10 }
        """
            .formatted(first.peer().port(), second.peer().port()));
    Files.writeString(
        overlay.resolve("charger-heidelberg.yaml"),
        """
        devices:
          - { connector: H-1-1, host: 127.0.0.1, port: %1$d, unit: 1, watchdog_seconds: 10 }
          - { connector: H-2-1, host: 127.0.0.1, port: %1$d, unit: 2, watchdog_seconds: 10 }
        """
            .formatted(gateway.peer().port()));
    config = overlay;
  }
}
