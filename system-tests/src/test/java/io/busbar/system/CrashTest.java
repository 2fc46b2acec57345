package io.busbar.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.testkit.Verifies;
import io.busbar.wire.RecordJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} in the middle of cycles and writes; every third time the database's too. {@code
 * -Dbusbar.kills=20} for more.
 */
class CrashTest {

  private static final int KILLS = Integer.getInteger("busbar.kills", 10);
  private static final String DEPOT = "7d0f2f1e-2f4b-4c63-9d0c-3f8a4a6b1c11";

  @TempDir Path data;

  private final List<String> acceptedCycles = new ArrayList<>();
  private int acceptedVersion;
  private int attempted;

  @Test
  @Verifies("OP-03")
  void it_starts_again_on_the_same_data_and_nothing_accepted_is_lost() throws Exception {
    long seed = Long.getLong("busbar.seed", System.nanoTime());
    System.out.println("CrashTest seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (int kill = 0; kill < KILLS; kill++) {
      RunningBusbar busbar = RunningBusbar.demo(data, "--set", "balancing.cycle_seconds=0.5");
      try {
        verify(busbar);
        long until = System.nanoTime() + random.nextLong(100, 1_500) * 1_000_000;
        Thread writer = Thread.ofVirtual().start(() -> write(busbar, until + 500_000_000L));
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> System.nanoTime() > until);
        if (kill % 3 == 2) {
          killDatabase();
        }
        busbar.kill();
        writer.join();
      } catch (Throwable e) {
        busbar.kill();
        throw new AssertionError(
            "%s (kill %d, seed %d)%n%s".formatted(e, kill, seed, busbar.output()), e);
      }
    }
    try (RunningBusbar busbar = RunningBusbar.demo(data)) {
      verify(busbar);
    }
    assertThat(acceptedVersion).isPositive();
    assertThat(acceptedCycles).isNotEmpty();
  }

  /** As the system does when memory is short: the server goes first, in the middle of a write. */
  private void killDatabase() throws IOException {
    String process = Files.readAllLines(data.resolve("postgres/postmaster.pid")).getFirst().strip();
    assertThat(ProcessHandle.of(Long.parseLong(process)).orElseThrow().destroyForcibly()).isTrue();
  }

  /** Imports ever new versions of a site and asks for cycles, until the process is gone. */
  private void write(RunningBusbar busbar, long until) {
    try {
      String microgrid = busbar.get("/api/depots").at("/sites/0/microgrid_id").asText();
      while (System.nanoTime() < until) {
        int version = ++attempted;
        var put = busbar.send("PUT", "/api/depot/" + DEPOT, site(version));
        if (put.statusCode() == 200) {
          acceptedVersion = version;
        }
        var cycle = busbar.send("POST", "/api/microgrid/" + microgrid + "/rebalance", "{}");
        if (cycle.statusCode() == 200) {
          JsonNode result = RecordJson.mapper().readTree(cycle.body()).get("result");
          acceptedCycles.add(
              "/api/microgrid/" + microgrid + "/cycles/" + result.get("cycle_id").asText());
        }
      }
    } catch (Exception | AssertionError e) {
      // the process was killed in the middle: what it had not answered was not accepted
    }
  }

  private void verify(RunningBusbar busbar) throws Exception {
    if (acceptedVersion > 0) {
      String name = busbar.get("/api/depot/" + DEPOT).at("/assets/depot/name").asText();
      int stored = Integer.parseInt(name.replace("Version ", ""));
      assertThat(stored).as("last accepted import").isBetween(acceptedVersion, attempted);
    }
    for (String cycle : acceptedCycles) {
      assertThat(busbar.send("GET", cycle, null).statusCode()).as(cycle).isEqualTo(200);
    }
  }

  private static String site(int version) {
    return """
    {"format": "busbar-site/1",
     "depot": {"id": "%s", "name": "Version %d", "time_zone": "UTC"},
     "circuits": [{"id": "grid", "default_capacity_watts": %d}],
     "charge_points": [{"circuit": "grid", "ids": ["P1"], "max_watts": 22080,
       "connectors": [{"volts": 230, "phases": "L1L2L3", "max_amps": 32}]}]}
    """
        .formatted(DEPOT, version, 50_000 + version);
  }
}
