package io.busbar.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.modbus.map.Codec;
import io.busbar.modbus.map.Register;
import io.busbar.modbus.map.Values.Value;
import io.busbar.modbus.wire.Framing;
import io.busbar.modbus.wire.ModbusException;
import io.busbar.modbus.wire.SocketLink;
import io.busbar.testkit.RealData;
import io.busbar.testkit.Verifies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The simulator speaks Modbus: a driver that is dropped in steers its chargers like real ones, and
 * when it is taken away again they fall back by themselves. Vehicles are those of the simulated
 * site, a bus depot at night.
 */
@Verifies({"KN-02", "KN-04"})
class SimulatedModbusTest {

  private static final int WATTS_PER_AMP = 690;
  private static final int FUSE_WATTS = 2 * 10 * WATTS_PER_AMP;
  private static final int FALLBACK_AMPS = 6;
  private static final Duration WITHIN = Duration.ofSeconds(5);
  private static final Duration LONG = Duration.ofSeconds(90);

  @TempDir Path data;
  @TempDir Path plugins;
  @TempDir Path config;

  @Test
  void aDriverThatIsDroppedInSteersSimulatedChargersAndWithoutItTheyFallBack() throws Exception {
    int[] ports = {RunningBusbar.freePort(), RunningBusbar.freePort()};
    configure(ports);
    try (RunningBusbar busbar =
        RunningBusbar.demo(
            data, "--config", config.toString(), "--set", "busbar.plugins.folder=" + plugins)) {
      Awaitility.await("nobody sets the first charger: it is on its fallback")
          .atMost(LONG)
          .untilAsserted(() -> assertThat(amps(ports[0])).isEqualTo(FALLBACK_AMPS));
      Path jar = plugins.resolve("charger-alfen.jar");
      Files.copy(
          RealData.repository()
              .resolve("distribution/target/busbar/drivers/busbar-charger-alfen.jar"),
          jar);

      Awaitility.await("both use the fuse")
          .atMost(LONG)
          .until(() -> watts(ports[0]) + watts(ports[1]) > FUSE_WATTS * 0.9);
      assertThat(watts(ports[0]) + watts(ports[1])).isLessThanOrEqualTo(FUSE_WATTS);
      assertThat(health(busbar, "charger-alfen")).contains("2 served");

      Files.delete(jar);

      Awaitility.await("both fall back by themselves")
          .atMost(LONG)
          .until(
              () ->
                  watts(ports[0]) <= FALLBACK_AMPS * WATTS_PER_AMP
                      && watts(ports[1]) <= FALLBACK_AMPS * WATTS_PER_AMP);
    }
  }

  private static double amps(int port) throws ModbusException {
    return read(port, "applied_max_current");
  }

  private static double watts(int port) throws ModbusException {
    return read(port, "power");
  }

  private static double read(int port, String key) throws ModbusException {
    Register register = Vendor.ALFEN.map().register(key);
    try (SocketLink link =
        SocketLink.connect(
            new io.busbar.modbus.wire.Peer("127.0.0.1", port, Framing.TCP), WITHIN)) {
      int[] words = link.read(1, register.space(), register.address(), register.words(), WITHIN);
      return Codec.decode(register, words).orElseThrow() instanceof Value.Numeric(double number)
          ? number
          : Double.NaN;
    }
  }

  private static String health(RunningBusbar busbar, String plugin)
      throws IOException, InterruptedException {
    StringBuilder messages = new StringBuilder();
    for (JsonNode component : busbar.get("/health").get("components")) {
      if (component.get("name").asText().contains(plugin)) {
        messages.append(component.get("message").asText()).append('\n');
      }
    }
    return messages.toString();
  }

  private void configure(int... ports) throws IOException {
    Path site =
        Files.writeString(
            config.resolve("yard.yaml"),
            """
            format: busbar-site/1
            depot: { id: yard, name: Yard, time_zone: Europe/Berlin }
            defaults:
              connectors: { volts: 230, phases: L1L2L3, min_amps: 6, fail_safe_amps: 6, watchdog_seconds: 10 }
            circuits:
              - { id: fuse, name: Fuse, default_capacity_watts: %d, fail_safe_capacity_watts: %d }
            charge_points:
              - { circuit: fuse, ids: [A-1, A-2], max_watts: 22080, connectors: [{ max_amps: 32, step_amps: 0.1 }] }
            """
                .formatted(FUSE_WATTS, FUSE_WATTS));
    Files.writeString(config.resolve("topology.yaml"), "sites: [" + site + "]\n");
    Files.writeString(
        config.resolve("simulator.yaml"),
        """
        sites:
          - { site: Yard, traffic: fleet, local_time: "22:30" }
        modbus:
          - { connector: A-1-1, driver: alfen, port: %d, max_connections: 4 }
          - { connector: A-2-1, driver: alfen, port: %d, max_connections: 4 }
        """
            .formatted(ports[0], ports[1]));
    Files.writeString(
        config.resolve("charger-alfen.yaml"),
        """
        devices:
          - { connector: A-1-1, host: 127.0.0.1, port: %d, watchdog_seconds: 10 }
          - { connector: A-2-1, host: 127.0.0.1, port: %d, watchdog_seconds: 10 }
        """
            .formatted(ports[0], ports[1]));
  }
}
