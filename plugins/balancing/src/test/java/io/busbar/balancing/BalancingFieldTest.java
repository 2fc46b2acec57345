package io.busbar.balancing;

import static io.busbar.balancing.SiteSketch.MAX;
import static io.busbar.balancing.SiteSketch.fixed;
import static io.busbar.balancing.SiteSketch.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.balancing.CycleCompleted;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.balancing.GetStatus;
import io.busbar.api.field.SetPoint;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.PluginHarness;
import io.busbar.testkit.Verifies;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the plugin deals with devices: at the start, in trouble, and when the site changes. */
class BalancingFieldTest {

  @TempDir Path folder;
  private FakeContext context;
  private FakeDepot depot;
  private PluginHarness harness;

  @AfterEach
  void stop() {
    harness.close();
  }

  private void start(SiteSketch sketch) {
    context = FakeContext.of("balancing", new JsonObject(), folder);
    depot = new FakeDepot(context, sketch);
    harness = PluginHarness.start(new BalancingPlugin(), context);
  }

  private static SiteSketch site() {
    return new SiteSketch()
        .grid("g", 10_000)
        .connectors("g", "a", "b")
        .meter("m", "g", fixed(6_000));
  }

  @Test
  @Verifies("NFR-004")
  void atTheStartWhatDevicesReportIsAdoptedAndNothingIsRaisedBeforeTheMeterWasRead() {
    start(site());
    depot.silence("m");
    depot.plug("a", "b");
    depot.limit("a", 3_000);
    depot.pass(10);
    assertThat(depot.limit("a")).isEqualTo(3_000);
    assertThat(depot.limit("b")).isZero();

    depot.speakAgain("m");
    depot.pass(12);
    assertThat(depot.limit("a")).isEqualTo(5_000);
    assertThat(depot.limit("b")).isEqualTo(5_000);
  }

  @Test
  @Verifies({"NFR-002", "NFR-004"})
  void afterTheGraceTheFallbackCounts() {
    start(site());
    depot.silence("m");
    depot.plug("a", "b");
    depot.pass(40);

    assertThat(depot.limit("a") + depot.limit("b")).isEqualTo(10_000 - 6_000);
  }

  @Test
  @Verifies({"FR-004", "NFR-002", "NFR-004"})
  void aMeterThatRepeatsItselfIsSilentAndSaidToBeFrozen() {
    start(
        new SiteSketch()
            .grid("g", 10_000)
            .connectors("g", "a", "b")
            .meter("m", "g", fixed(13_000)));
    depot.plug("a", "b");
    depot.load("g", 1_000);
    depot.pass(20);
    depot.freeze("g");
    depot.pass(270);
    assertThat(depot.limit("a") + depot.limit("b")).isEqualTo(10_000 - 1_000);

    depot.pass(60);

    assertThat(depot.limit("a") + depot.limit("b")).isEqualTo(10_000 - (13_000 - 9_000));
    assertThat(context.health().reports().get("site Sketch").message()).contains("m:FROZEN");
  }

  @Test
  void notAllDevicesAreNeeded() {
    start(site());
    depot.isMute("b");
    depot.plug("a");
    depot.pass(30);
    assertThat(depot.limit("a")).isEqualTo(10_000 - MAX);

    depot.pass(60);
    assertThat(depot.limit("a")).isEqualTo(MAX);
  }

  @Test
  @Verifies("NFR-004")
  void aDeviceThatFallsSilentKeepsWhatItMayDrawAndOthersGetTheRest() {
    start(new SiteSketch().grid("g", 10_000).connectors("g", "a", "b"));
    depot.plug("a");
    depot.pass(20);
    assertThat(depot.limit("a")).isEqualTo(MAX);

    depot.isMute("a");
    depot.plug("b");
    depot.pass(60);

    assertThat(depot.limit("b")).isEqualTo(10_000 - MAX);
    assertThat(context.health().reports().get("site Sketch").message())
        .isEqualTo("a not answering");
    assertThat(context.metrics().count("set_points_lost", "microgrid", FakeDepot.SITE.toString()))
        .isPositive();
  }

  @Test
  void aDeviceThatRefusesIsTriedAgainAndOthersAreServed() {
    start(new SiteSketch().grid("g", 10_000).connectors("g", "a", "b"));
    depot.refuses("a");
    depot.plug("a", "b");
    depot.pass(60);

    assertThat(depot.limit("a")).isZero();
    assertThat(depot.limit("b")).isEqualTo(MAX);
    assertThat(
            context.metrics().count("set_points_refused", "microgrid", FakeDepot.SITE.toString()))
        .isBetween(4L, 20L);
  }

  @Test
  void aDeviceThatForgotItsSetPointGetsItAgainAtOnce() {
    start(site());
    depot.plug("a");
    depot.pass(20);

    depot.limit("a", 1_500);
    depot.read();
    context.clock().advance(Duration.ofMillis(1));

    assertThat(depot.limit("a")).isEqualTo(MAX);
  }

  @Test
  void setPointsAreRepeatedBeforeAShortWatchdogRunsOut() {
    start(new SiteSketch().watchdogSeconds(8).grid("g", 10_000).connectors("g", "a"));
    depot.plug("a");
    depot.pass(30);
    depot.received.clear();

    for (int round = 0; round < 20; round++) {
      depot.received.clear();
      depot.pass(6);
      assertThat(depot.received).isNotEmpty().allMatch(order -> order.limitWatts() == MAX);
    }
  }

  @Test
  void nothingIsSentWhileNothingChangesAndDevicesRememberByThemselves() {
    start(site());
    depot.pass(60);
    depot.received.clear();

    depot.pass(300);

    assertThat(depot.received).isEmpty();
  }

  @Test
  @Verifies("FR-003")
  void aChangedLimitIsKeptAtOnce() {
    start(site());
    depot.plug("a", "b");
    depot.pass(20);

    depot.limit(
        new SiteSketch().grid("g", 6_000).connectors("g", "a", "b").meter("m", "g", fixed(6_000)));
    context.clock().leapSeconds(1);

    assertThat(depot.limit("a")).isEqualTo(3_000);
    assertThat(depot.limit("b")).isEqualTo(3_000);
  }

  @Test
  @Verifies("FR-001")
  void anotherVersionOfTheTreeIsBalancedAtOnce() {
    start(site());
    depot.plug("a", "b");
    depot.pass(20);
    assertThat(depot.limit("a")).isEqualTo(5_000);

    depot.change(
        new SiteSketch()
            .version(2)
            .grid("g", 6_000)
            .connectors("g", "a", "b")
            .meter("m", "g", fixed(6_000)));
    context.clock().leapSeconds(1);

    assertThat(last().topologyVersion()).isEqualTo(2);
    assertThat(last().audit().source()).isEqualTo("topology");
    assertThat(depot.limit("a")).isEqualTo(3_000);
    assertThat(depot.limit("b")).isEqualTo(3_000);
  }

  @Test
  void aSessionKnowsMoreThanTheReadingBeforeIt() {
    start(site());
    depot.pass(20);

    depot.session("a", Optional.empty(), OptionalInt.of(3_680));
    context.clock().leapSeconds(1);
    assertThat(depot.limit("a")).isEqualTo(3_680);

    context.clock().leapSeconds(1);
    depot.session("a", Optional.of(context.clock().instant()));
    context.clock().leapSeconds(1);
    assertThat(depot.limit("a")).isZero();
  }

  @Test
  @Verifies("NFR-001")
  void theSameEventsGiveTheSameCyclesAndSetPoints() {
    start(site());
    List<CycleResult> first = play();
    List<SetPoint> firstSetPoints = List.copyOf(depot.received);
    harness.close();

    start(site());
    List<CycleResult> second = play();

    assertThat(second).isEqualTo(first).hasSizeGreaterThan(20);
    assertThat(depot.received).isEqualTo(firstSetPoints);
  }

  private List<CycleResult> play() {
    depot.plug("a");
    depot.pass(30);
    depot.load("g", 4_000);
    depot.plug("b");
    depot.pass(60);
    depot.unplug("a");
    depot.silence("m");
    depot.pass(120);
    return context.bus().told(BalancingAddresses.CYCLE_COMPLETED).stream()
        .map(CycleCompleted::cycle)
        .toList();
  }

  @Test
  void theSetPointNamesTheCycleBehindIt() {
    start(site());
    depot.plug("a");
    depot.pass(8);

    SetPoint setPoint = depot.received.getFirst();
    Instant decidedAt = setPoint.decidedAt();
    assertThat(context.bus().told(BalancingAddresses.CYCLE_COMPLETED))
        .anySatisfy(
            event -> {
              assertThat(event.cycle().cycleId()).hasToString(setPoint.correlationId());
              assertThat(event.cycle().startedAt()).isEqualTo(decidedAt);
            });
    assertThat(setPoint.microgridId()).isEqualTo(id("site"));
  }

  private CycleResult last() {
    return context
        .bus()
        .ask(BalancingAddresses.STATUS.at(FakeDepot.SITE), new GetStatus())
        .await()
        .lastCycle()
        .orElseThrow();
  }
}
