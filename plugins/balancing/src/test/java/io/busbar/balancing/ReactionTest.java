package io.busbar.balancing;

import static io.busbar.balancing.SiteSketch.fixed;
import static io.busbar.balancing.SiteSketch.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.balancing.CycleCompleted;
import io.busbar.api.balancing.SetSettings;
import io.busbar.api.balancing.SiteSettings;
import io.busbar.api.balancing.Strategy;
import io.busbar.api.field.FieldAddresses;
import io.busbar.api.field.Reading;
import io.busbar.api.field.Readings;
import io.busbar.api.field.SetPoint;
import io.busbar.api.topology.Conductor;
import io.busbar.api.topology.Conductor.Carries;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.PluginHarness;
import io.busbar.testkit.Verifies;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever matters is answered within 250 ms with a decision and its first set-point, by one cycle
 * for all that happens together. Periodic cycles are 100 s apart here, so that none helps.
 */
class ReactionTest {

  private static final Duration IN_TIME = Duration.ofMillis(250);
  private static final int BURST = 1_000;

  @TempDir Path folder;
  private FakeContext context;
  private FakeDepot depot;
  private PluginHarness harness;

  @AfterEach
  void stop() {
    harness.close();
  }

  private static SiteSketch site(int gridWatts) {
    return new SiteSketch()
        .grid("g", gridWatts)
        .circuit("c", "g", 30_000)
        .connectors("c", "a", "b")
        .circuit("house", "g", 30_000)
        .meter("m", "house", fixed(6_000));
  }

  /** Two vehicles charge, nothing is under way. */
  private void start(SiteSketch sketch) {
    JsonObject settings = new JsonObject().put("cycle_seconds", 100);
    context = FakeContext.of("balancing", settings, folder);
    depot = new FakeDepot(context, sketch);
    harness = PluginHarness.start(new BalancingPlugin(), context);
    depot.plug("a", "b");
    depot.pass(10);
    depot.pass(30);
    quiet();
  }

  private void quiet() {
    depot.received.clear();
    context.bus().forget();
  }

  private List<CycleCompleted> cycles() {
    return context.bus().told(BalancingAddresses.CYCLE_COMPLETED);
  }

  /** Exactly one cycle and at least one set-point came of it in time, and nothing more follows. */
  private void assertOneCycleInTime(String source) {
    context.clock().advance(IN_TIME);
    assertThat(cycles())
        .singleElement()
        .satisfies(event -> assertThat(event.cycle().audit().source()).isEqualTo(source));
    assertThat(depot.received).isNotEmpty();
    SetPoint first = depot.received.getFirst();
    assertThat(first.correlationId()).isEqualTo(cycles().getFirst().cycle().cycleId().toString());
    context.clock().advance(Duration.ofSeconds(1));
    assertThat(cycles()).hasSize(1);
  }

  @Test
  @Verifies("FR-003")
  void aLimitThatDropsAThousandTimesInOneBurst() {
    start(site(20_000));
    for (int i = 1; i <= BURST; i++) {
      depot.limit(site(20_000 - 10 * i));
    }
    assertOneCycleInTime("topology");
    assertThat(depot.limit("a") + depot.limit("b")).isLessThanOrEqualTo(10_000);
  }

  @Test
  @Verifies("FR-003")
  void aStepOfAMeterThatBreaksTheLimitOfANodeAboveItsOwn() {
    start(site(20_000));
    for (int i = 1; i <= BURST; i++) {
      house(10 * i);
    }
    assertOneCycleInTime("field");
    assertThat(depot.limit("a") + depot.limit("b")).isLessThanOrEqualTo(10_000);
  }

  @Test
  @Verifies("FR-003")
  void aStepOfAMeterThatLeavesTooLittleCurrentInAConductorAboveIt() {
    start(
        new SiteSketch()
            .grid("g", 100_000)
            .circuit("t", "g", 100_000, new Conductor("L1", 100, Carries.L1))
            .circuit("c", "t", 100_000)
            .connectors("c", "a", "b")
            .circuit("house", "t", 100_000)
            .meter("m", "house", fixed(6_000)));
    assertThat(depot.limit("a")).isEqualTo(SiteSketch.MAX);

    house(10_000);

    assertOneCycleInTime("field");
    assertThat(depot.limit("a") + depot.limit("b")).isBetween(12_000, 13_000);
  }

  @Test
  void aStepThatAllLimitsHaveRoomForIsLeftToThePeriodicCycle() {
    start(site(20_000));
    for (int i = 1; i <= BURST; i++) {
      house(i);
    }
    context.clock().advance(Duration.ofSeconds(1));

    assertThat(cycles()).isEmpty();
  }

  @Test
  void anOverloadThatTheLastCycleKnewOfIsNoNews() {
    start(site(20_000));
    house(21_000);
    context.clock().advance(Duration.ofSeconds(8));
    quiet();

    for (int i = 0; i < 20; i++) {
      house(21_000 - i % 3);
      context.clock().advance(Duration.ofMillis(500));
    }

    assertThat(cycles()).hasSizeLessThan(3);
  }

  @Test
  void sessionsThatBeginAndEndInOneBurst() {
    start(site(20_000));
    for (int i = 0; i < BURST; i++) {
      depot.session("a", Optional.empty(), OptionalInt.of(3_000 + i));
    }
    assertOneCycleInTime("session");
    assertThat(depot.limit("a")).isEqualTo(3_999);

    quiet();
    depot.unplug("a");
    depot.session("a", Optional.of(context.clock().instant()));
    assertOneCycleInTime("session");
    assertThat(depot.limit("a")).isZero();
  }

  @Test
  @Verifies("NFR-004")
  void aSetPointThatIsRefusedIsAskedForOnceMoreAndThenOthersMakeRoom() {
    start(site(10_000));
    depot.refuses("a");
    depot.limit(site(8_000));
    context.clock().advance(Duration.ofMillis(100));
    assertThat(depot.received)
        .filteredOn(order -> order.nodeId().equals(id("a")))
        .hasSize(2)
        .allMatch(order -> order.limitWatts() == 4_000);
    quiet();

    context.clock().advance(IN_TIME);

    assertThat(cycles())
        .singleElement()
        .satisfies(event -> assertThat(event.cycle().audit().source()).isEqualTo("field"));
    assertThat(depot.received).extracting(SetPoint::nodeId).containsExactly(id("b"));
    assertThat(depot.limit("a")).isEqualTo(5_000);
    assertThat(depot.limit("b")).isEqualTo(3_000);
  }

  @Test
  void anotherStrategyIsInForceAtOnceAndUntilItIsTakenBack() {
    start(site(10_000));
    assertThat(depot.limit("a")).isEqualTo(5_000);

    SiteSettings chosen = choose(Optional.of(Strategy.FIRST_COME_FIRST_SERVED));
    assertThat(chosen.strategy()).isEqualTo(Strategy.FIRST_COME_FIRST_SERVED);
    assertThat(chosen.configuredStrategy()).isEqualTo(Strategy.EQUAL_SHARE);
    assertThat(chosen.changedBy()).contains("operator");
    depot.session("b", Optional.empty());
    context.clock().advance(IN_TIME);
    context.clock().leapSeconds(10);
    assertThat(depot.limit("b")).isEqualTo(SiteSketch.MAX);
    String version = cycles().getLast().cycle().audit().policyVersion();

    SiteSettings back = choose(Optional.empty());
    assertThat(back.strategy()).isEqualTo(Strategy.EQUAL_SHARE);
    assertThat(back.chosenStrategy()).isEmpty();
    context.clock().leapSeconds(10);
    assertThat(depot.limit("b")).isEqualTo(5_000);
    assertThat(cycles().getLast().cycle().audit().policyVersion()).isNotEqualTo(version);
    assertThat(context.bus().told(BalancingAddresses.SETTINGS_CHANGED)).hasSize(2);
    assertThat(choose(Optional.empty())).isEqualTo(back);
    assertThat(context.bus().told(BalancingAddresses.SETTINGS_CHANGED)).hasSize(2);
  }

  @Test
  void aBreachThatIsBeingWatchedDelaysNoReaction() {
    start(site(20_000));
    house(20_500);
    context.clock().advance(Duration.ofMillis(300));
    quiet();

    depot.limit(site(18_000));

    context.clock().advance(IN_TIME);
    assertThat(cycles())
        .anySatisfy(event -> assertThat(event.cycle().audit().source()).isEqualTo("topology"));
  }

  private SiteSettings choose(Optional<Strategy> strategy) {
    return context
        .bus()
        .ask(
            BalancingAddresses.SET_SETTINGS.at(FakeDepot.SITE),
            new SetSettings(strategy, Optional.empty(), "operator", "c"))
        .await();
  }

  private void house(int watts) {
    context
        .bus()
        .tell(
            FieldAddresses.READINGS.at(FakeDepot.SITE),
            new Readings(
                FakeDepot.SITE,
                "meter",
                List.of(Reading.ofPower(id("house"), context.clock().instant(), watts))));
  }
}
