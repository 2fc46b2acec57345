package io.busbar.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.modbus.plugin.DriverJar;
import io.busbar.modbus.simulation.ModbusServer;
import io.busbar.modbus.simulation.SimulatedCharger;
import io.busbar.modbus.wire.Framing;
import io.busbar.testkit.Verifies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The path of who writes a driver: a new project outside the sources builds and passes the contract
 * against installed artefacts only, and its jar steers a charger when it is dropped into a running
 * Busbar.
 */
@Verifies({"KN-02", "KN-03", "KN-05"})
class NewDriverTest {

  private static final int WATTS_PER_AMP = 690;
  private static final int FUSE_WATTS = 10 * WATTS_PER_AMP;

  @TempDir Path work;
  @TempDir Path repository;
  @TempDir Path data;
  @TempDir Path plugins;
  @TempDir Path config;

  @Test
  void aNewDriverBuildsPassesTheContractAndSteersAChargerWhenItIsDroppedIn() throws Exception {
    RunningBusbar.Ended made = RunningBusbar.run(work, "", "new", "driver", "acme-one");
    assertThat(made.exitCode()).as(made.output()).isZero();
    Path project = work.resolve("charger-acme-one");
    LocalRepository.create(repository);

    build(project);

    assertThat(Files.readString(report(project)))
        .as("tests of the contract")
        .containsPattern("Tests run: \\d\\d, Failures: 0, Errors: 0, Skipped: 0");
    steers(project.resolve("target/charger-acme-one.jar"));

    RunningBusbar.Ended again = RunningBusbar.run(work, "", "new", "driver", "acme-one");
    assertThat(again.output()).contains("is there already");
    assertThat(again.exitCode()).isEqualTo(2);
  }

  private void build(Path project) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Peer.find("mvn").toString(),
                "--offline",
                "--batch-mode",
                "-Dmaven.repo.local=" + repository,
                "package")
            .directory(project.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(text).isZero();
  }

  private static Path report(Path project) throws IOException {
    try (var files = Files.list(project.resolve("target/surefire-reports"))) {
      return files.filter(file -> file.toString().endsWith(".txt")).findFirst().orElseThrow();
    }
  }

  private void steers(Path jar) throws Exception {
    SimulatedCharger charger;
    try (DriverJar driver = DriverJar.open(jar)) {
      charger = new SimulatedCharger(driver.plugin().map(), 1, WATTS_PER_AMP);
    }
    charger.plug(16 * WATTS_PER_AMP);
    try (ModbusServer server = ModbusServer.of(Framing.TCP, 1, charger)) {
      configure(server);
      try (RunningBusbar busbar =
          RunningBusbar.demo(
              data, "--config", config.toString(), "--set", "busbar.plugins.folder=" + plugins)) {
        assertThat(charger.writes()).isEmpty();
        Files.copy(jar, plugins.resolve("charger-acme-one.jar"));

        Awaitility.await("it draws what the fuse carries")
            .atMost(Duration.ofSeconds(60))
            .until(() -> charger.watts() > FUSE_WATTS * 0.9);
        assertThat(charger.watts()).isLessThanOrEqualTo(FUSE_WATTS);
        Awaitility.await("its health")
            .atMost(Duration.ofSeconds(10))
            .until(() -> health(busbar).contains("1 served"));
      }
    }
  }

  private static String health(RunningBusbar busbar) throws IOException, InterruptedException {
    StringBuilder messages = new StringBuilder();
    for (JsonNode component : busbar.get("/health").get("components")) {
      if (component.get("name").asText().contains("charger-acme-one")) {
        messages.append(component.get("message").asText()).append('\n');
      }
    }
    return messages.toString();
  }

  private void configure(ModbusServer server) throws IOException {
    Path site =
        Files.writeString(
            config.resolve("yard.yaml"),
            """
            format: busbar-site/1
            depot: { id: yard, name: Yard, time_zone: Europe/Berlin }
            defaults:
              connectors: { volts: 230, phases: L1L2L3, min_amps: 6, fail_safe_amps: 6, watchdog_seconds: 20 }
            circuits:
              - { id: fuse, name: Fuse, default_capacity_watts: %d, fail_safe_capacity_watts: %d }
            charge_points:
              - { circuit: fuse, ids: [A-1], max_watts: 22080, connectors: [{ max_amps: 32, step_amps: 0.1 }] }
            """
                .formatted(FUSE_WATTS, FUSE_WATTS));
    Files.writeString(config.resolve("busbar.yaml"), "plugins: { disabled: [simulator] }\n");
    Files.writeString(config.resolve("topology.yaml"), "sites: [" + site + "]\n");
    Files.writeString(
        config.resolve("charger-acme-one.yaml"),
        """
        devices:
          - { connector: A-1-1, host: 127.0.0.1, port: %d, watchdog_seconds: 20 }
        """
            .formatted(server.peer().port()));
  }
}
