package io.busbar.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.topology.Wiring.Phases;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.PluginHarness;
import io.busbar.testkit.Verifies;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A depot with room for 19 of 50 minimums. Circuits of 20 charge points with two three-phase
 * connectors of 6 to 32 A each; a charge point carries 50 A, a circuit a tenth of what its
 * connectors could draw, the grid connection 80 % of its circuits, the site 90 % of that. Serving
 * by a fixed order leaves the same 31 vehicles without power for good.
 */
class ScarceDepotTest {

  private static final int CONNECTORS = 50;
  private static final int PER_CIRCUIT = 40;
  private static final int WATTS_PER_AMP = 690;
  private static final int LEAST = 6 * WATTS_PER_AMP;
  private static final int MOST = 32 * WATTS_PER_AMP;
  private static final double SHARE = 0.1;

  @TempDir Path folder;
  private PluginHarness harness;

  @AfterEach
  void stop() {
    harness.close();
  }

  private static SiteSketch depot(List<String> names) {
    double circuits = SHARE * MOST * CONNECTORS;
    double grid = 0.8 * circuits;
    SiteSketch sketch =
        new SiteSketch()
            .aggregate((int) (0.9 * grid))
            .grid("grid", (int) grid)
            .wiring(230, Phases.L1L2L3)
            .minWatts(LEAST);
    for (int i = 0; i < CONNECTORS; i++) {
      String circuit = "circuit" + i / PER_CIRCUIT;
      String point = "point" + i / 2;
      if (i % PER_CIRCUIT == 0) {
        int below = Math.min(PER_CIRCUIT, CONNECTORS - i);
        sketch.circuit(circuit, "grid", (int) (SHARE * MOST * below));
      }
      if (i % 2 == 0) {
        sketch.point(point, circuit, 50 * WATTS_PER_AMP);
      }
      sketch.connectorAt("v" + i, point, MOST);
      names.add("v" + i);
    }
    return sketch;
  }

  @Test
  @Verifies("LB-04")
  void nineteenAtATimeAndAllFiftyWithinTheHour() {
    List<String> names = new ArrayList<>();
    SiteSketch sketch = depot(names);
    FakeContext context = FakeContext.of("balancing", new JsonObject(), folder);
    FakeDepot depot = new FakeDepot(context, sketch);
    harness = PluginHarness.start(new BalancingPlugin(), context);
    depot.plug(names.toArray(String[]::new));
    TurnWatch turns =
        new TurnWatch(names.stream().map(SiteSketch::id).toList(), context.clock().instant());
    int full = 0;

    for (int second = 0; second < 3_600; second += 2) {
      depot.pass(2);
      turns.take(depot);
      assertThat(turns.on()).isLessThanOrEqualTo(19);
      full += turns.on() == 19 ? 1 : 0;
    }

    assertThat(turns.served()).isEqualTo(CONNECTORS);
    assertThat(full).as("of 1,800 looks").isGreaterThan(1_740);
    assertThat(turns.shortestOn()).isGreaterThanOrEqualTo(Duration.ofMinutes(15));
    assertThat(turns.longestWait()).isLessThanOrEqualTo(Duration.ofSeconds(3 * 920));
  }
}
