package io.busbar.balancing;

import static io.busbar.balancing.SiteSketch.MIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.testkit.FakeContext;
import io.busbar.testkit.PluginHarness;
import io.busbar.testkit.Verifies;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Capacity for a third of the minimums, for hours: everybody gets its turn in the time that the
 * plugin's README states, and nobody is switched on or off sooner than the settings allow.
 */
class StarvationTest {

  private static final int CYCLE = 10;

  /** One turn ends and the next begins: a decrease is confirmed, its vehicle follows. */
  private static final int HANDOVER = 10;

  @TempDir Path folder;
  private FakeContext context;
  private FakeDepot depot;
  private PluginHarness harness;
  private TurnWatch turns;

  @AfterEach
  void stop() {
    harness.close();
  }

  private void start(SiteSketch sketch, String[] names, int minOn, int minOff) {
    JsonObject settings =
        new JsonObject()
            .put("cycle_seconds", CYCLE)
            .put("min_on_seconds", minOn)
            .put("min_off_seconds", minOff);
    context = FakeContext.of("balancing", settings, folder);
    depot = new FakeDepot(context, sketch);
    harness = PluginHarness.start(new BalancingPlugin(), context);
    depot.plug(names);
    List<UUID> connectors = List.of(names).stream().map(SiteSketch::id).toList();
    turns = new TurnWatch(connectors, context.clock().instant());
  }

  private static String[] names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "v" + i).toArray(String[]::new);
  }

  /** Lets seconds pass, two at a time. */
  private void pass(int seconds) {
    for (int second = 0; second < seconds; second += 2) {
      depot.pass(2);
      turns.take(depot);
    }
  }

  /** How many rounds are before the last of so many, of whom some fit at a time. */
  private static int rounds(int vehicles, int fitting) {
    return Math.ceilDiv(vehicles, fitting) - 1;
  }

  /** The bound of the README. */
  private static Duration bound(int rounds, int minOn, int minOff) {
    int turn = minOn + CYCLE + HANDOVER;
    return Duration.ofSeconds(Math.max(rounds * turn, minOff + CYCLE + HANDOVER));
  }

  @ParameterizedTest(name = "{0} vehicles, {1} s on, {2} s off")
  @CsvSource({"12, 300, 0", "9, 900, 0", "30, 60, 90", "6, 60, 300"})
  @Verifies("LB-04")
  void everybodyGetsItsTurnWithinTheBound(int vehicles, int minOn, int minOff) {
    int fitting = vehicles / 3;
    String[] names = names(vehicles);
    start(new SiteSketch().grid("g", fitting * MIN).connectors("g", names), names, minOn, minOff);

    pass(20 * minOn);
    turns.end(context.clock().instant());

    assertThat(turns.served()).isEqualTo(vehicles);
    assertThat(turns.longestWait())
        .isLessThanOrEqualTo(bound(rounds(vehicles, fitting), minOn, minOff));
    assertThat(turns.shortestOn()).isGreaterThanOrEqualTo(Duration.ofSeconds(minOn));
    assertThat(turns.shortestOff()).isGreaterThanOrEqualTo(Duration.ofSeconds(minOff));
    assertThat(turns.turns()).isGreaterThan(2 * vehicles);
  }

  @ParameterizedTest(name = "seed {0}")
  @CsvSource({"1", "2", "3", "4", "5", "6"})
  @Verifies("LB-04")
  void inATreeTheRoundsOfTheNodesAboveAddUp(long seed) {
    Random random = new Random(seed);
    int minOn = 60 + random.nextInt(240);
    int circuits = 2 + random.nextInt(3);
    int each = 3 * (1 + random.nextInt(3));
    int all = circuits * each;
    SiteSketch sketch = new SiteSketch().grid("g", all / 3 * MIN);
    int inCircuit = 0;
    for (int circuit = 0; circuit < circuits; circuit++) {
      int fitting = each / 3 + random.nextInt(each);
      inCircuit = Math.max(inCircuit, rounds(each, Math.min(each, fitting)));
      sketch.circuit("c" + circuit, "g", fitting * MIN);
      for (int i = 0; i < each; i++) {
        sketch.connectors("c" + circuit, "v" + (circuit * each + i));
      }
    }
    start(sketch, names(all), minOn, 0);

    pass(15 * minOn);
    turns.end(context.clock().instant());

    assertThat(turns.served()).as("seed %d", seed).isEqualTo(all);
    assertThat(turns.longestWait())
        .as("seed %d: %d vehicles on %d circuits, %d s", seed, all, circuits, minOn)
        .isLessThanOrEqualTo(bound(rounds(all, all / 3) + inCircuit, minOn, 0));
    assertThat(turns.shortestOn()).isGreaterThanOrEqualTo(Duration.ofSeconds(minOn));
  }

  @Test
  @Verifies("FR-003")
  void aLimitThatComesAndGoesPausesAtOnceAndLetsInNotBeforeTheTimeToStayPaused() {
    String[] names = names(4);
    start(site(4 * MIN), names, 0, 120);
    pass(20);
    assertThat(turns.on()).isEqualTo(4);

    for (int flicker = 0; flicker < 30; flicker++) {
      depot.limit(site(flicker % 2 == 0 ? MIN : 4 * MIN));
      pass(14);
      assertThat(turns.on()).isLessThanOrEqualTo(flicker % 2 == 0 ? 1 : 4);
    }

    assertThat(turns.shortestOff()).isBetween(Duration.ofSeconds(120), Duration.ofSeconds(160));
    assertThat(turns.turns()).isBetween(8, 4 * (30 * 14 / 120 + 2));
  }

  private static SiteSketch site(int watts) {
    return new SiteSketch().grid("g", watts).connectors("g", names(4));
  }

  @Test
  void whoIsFoundChargingAtTheStartStaysSwitchedOnForItsTime() {
    String[] names = names(3);
    start(new SiteSketch().grid("g", MIN).connectors("g", names), names, 600, 0);
    depot.limit("v2", MIN);

    depot.pass(590);
    assertThat(depot.limit("v2")).isEqualTo(MIN);

    depot.pass(40);
    assertThat(depot.limit("v2")).isZero();
    assertThat(depot.limit("v0")).isEqualTo(MIN);
  }
}
