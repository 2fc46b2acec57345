package io.busbar.balancing;

import static io.busbar.balancing.SiteSketch.MAX;
import static io.busbar.balancing.SiteSketch.fixed;
import static io.busbar.balancing.SiteSketch.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.balancing.BreachChanged;
import io.busbar.api.balancing.CycleCompleted;
import io.busbar.api.balancing.CyclePage;
import io.busbar.api.balancing.CycleReply;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.balancing.CycleResult.Outcome;
import io.busbar.api.balancing.DemandResolved;
import io.busbar.api.balancing.Explain;
import io.busbar.api.balancing.ExplainReply.Explained;
import io.busbar.api.balancing.GetCycle;
import io.busbar.api.balancing.GetStatus;
import io.busbar.api.balancing.ListCycles;
import io.busbar.api.balancing.ReasonCode;
import io.busbar.api.balancing.Rebalance;
import io.busbar.api.balancing.RebalanceReply;
import io.busbar.api.balancing.RebalanceReply.Completed;
import io.busbar.api.balancing.RebalanceReply.Refused;
import io.busbar.api.balancing.SiteStatus;
import io.busbar.api.balancing.SourceMode;
import io.busbar.api.field.SetPoint;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.PluginHarness;
import io.busbar.testkit.Verifies;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin as others see it, keeping its cycles in memory. */
class BalancingPluginTest {

  @TempDir Path folder;
  FakeContext context;
  PluginHarness harness;
  FakeDepot depot;

  private static SiteSketch site() {
    return new SiteSketch()
        .grid("g", 20_000)
        .circuit("c", "g", 8_000)
        .connectors("c", "a1", "a2")
        .circuit("d", "g", 20_000)
        .connectors("d", "b1")
        .meter("m", "g", fixed(20_000));
  }

  @BeforeEach
  void start() {
    start(site());
  }

  private void start(SiteSketch sketch) {
    context = context();
    depot = new FakeDepot(context, sketch);
    harness = PluginHarness.start(new BalancingPlugin(), context);
  }

  private void restart(SiteSketch sketch) {
    harness.close();
    start(sketch);
  }

  FakeContext context() {
    return FakeContext.of("balancing", new JsonObject(), folder);
  }

  @AfterEach
  void stop() {
    harness.close();
  }

  @Test
  @Verifies({"FR-001", "FR-003", "FR-005"})
  void vehiclesShareWhatTheirCircuitHasAndGetAllOfWhatIsFree() {
    depot.plug("a1", "a2", "b1");
    depot.load("g", 2_000);
    depot.pass(30);

    assertThat(depot.limit("a1")).isEqualTo(4_000);
    assertThat(depot.limit("a2")).isEqualTo(4_000);
    assertThat(depot.limit("b1")).isEqualTo(MAX);
    CycleResult last = lastCycle();
    assertThat(last.outcome()).isEqualTo(Outcome.CURTAILED);
    assertThat(last.reasonCodes()).containsExactly(ReasonCode.ANCESTOR_CAP_EXCEEDED);
    assertThat(last.allocationSummary().uncontrolledWatts()).isEqualTo(2_000);
    assertThat(last.allocationSummary().allocatedWatts()).isEqualTo(8_000 + MAX);
  }

  @Test
  void theFirstCycleComesWithTheFirstReadings() {
    assertThat(told()).isEmpty();

    depot.plug("b1");
    depot.read();
    context.clock().advance(Duration.ofMillis(100));

    assertThat(told()).hasSize(1);
    assertThat(depot.limit("b1")).isZero();

    depot.pass(7);
    assertThat(depot.limit("b1")).isEqualTo(MAX);
  }

  @Test
  void cyclesRunEveryTenSecondsAndOnceForWhateverHappensTogether() {
    depot.pass(60);
    assertThat(told()).hasSizeBetween(6, 8);
    context.bus().forget();

    depot.session("a1", Optional.empty());
    depot.session("a2", Optional.empty());
    depot.plug("a1", "a2");
    depot.read();
    context.clock().advance(Duration.ofMillis(100));

    assertThat(told()).hasSize(1);
    assertThat(told().getFirst().cycle().audit().source()).isEqualTo("session");
    assertThat(depot.limit("a1")).isEqualTo(4_000);
  }

  @Test
  @Verifies("FR-006")
  void aCycleCanBeListedFoundAndExplained() {
    depot.plug("a1", "a2");
    depot.pass(40);

    CyclePage page = page(2, Optional.empty());
    CyclePage next = page(2, page.nextCursor());
    assertThat(page.cycles()).hasSize(2);
    assertThat(page.cycles().getFirst()).isEqualTo(lastCycle());
    assertThat(next.cycles().getFirst().startedAt()).isBefore(page.cycles().getLast().startedAt());
    CycleResult older = next.cycles().getFirst();
    assertThat(
            context
                .bus()
                .ask(BalancingAddresses.CYCLE.at(FakeDepot.SITE), new GetCycle(older.cycleId()))
                .await())
        .isEqualTo(new CycleReply.Found(older));
    assertThat(
            context
                .bus()
                .ask(BalancingAddresses.CYCLE.at(FakeDepot.SITE), new GetCycle(id("none")))
                .await())
        .isEqualTo(new CycleReply.NotFound(id("none")));
    Explained why = explain(new Explain(Optional.empty(), id("a1")));
    assertThat(why.sentence()).contains("circuit c (8,000 W) is full");
    assertThat(explain(new Explain(Optional.of(older.cycleId()), id("a1"))).cycleId())
        .isEqualTo(older.cycleId());
  }

  @Test
  @Verifies({"FR-001", "NFR-003"})
  void aRequestRunsOneCycleAndItsRepetitionNone() {
    depot.pass(20);
    context.bus().forget();
    Rebalance request = new Rebalance(Optional.empty(), "operator", "api", "c-7");

    RebalanceReply first = rebalance(request);
    RebalanceReply again = rebalance(request);

    CycleResult cycle = ((Completed) first).result();
    assertThat(again).isEqualTo(first);
    assertThat(cycle.audit().actor()).isEqualTo("operator");
    assertThat(cycle.audit().source()).isEqualTo("api");
    assertThat(cycle.audit().correlationId()).isEqualTo("c-7");
    assertThat(told()).extracting(CycleCompleted::cycle).containsExactly(cycle);
    assertThat(context.bus().told(BalancingAddresses.REBALANCE_REQUESTED))
        .singleElement()
        .satisfies(event -> assertThat(event.correlationId()).isEqualTo("c-7"));
  }

  @Test
  @Verifies("FR-001")
  void aRequestForASubtreeIsAppliedThereOnly() {
    depot.pass(10);
    depot.plug("a1", "b1");
    depot.read();

    Completed reply = (Completed) rebalance(request(Optional.of(id("c")), "c-8"));

    assertThat(reply.result().nodeId()).contains(id("c"));
    assertThat(depot.limit("a1")).isEqualTo(MAX);
    assertThat(depot.limit("b1")).isZero();
  }

  @Test
  void aRequestForAnUnknownNodeIsRefused() {
    depot.pass(10);

    Refused refused = (Refused) rebalance(request(Optional.of(id("nowhere")), "c-9"));

    assertThat(refused.reasonCode()).isEqualTo("NODE_UNKNOWN");
  }

  @Test
  @Verifies({"FR-004", "NFR-004"})
  void withoutTelemetryAndFallbackDevicesFallBackAndARequestIsRefused() {
    restart(
        new SiteSketch().failSafeAmps(6).grid("g", 20_000).connectors("g", "a1").meter("m", "g"));
    depot.plug("a1");
    depot.pass(20);
    assertThat(depot.limit("a1")).isEqualTo(MAX);

    depot.silence("m");
    depot.pass(45);
    Refused refused = (Refused) rebalance(request(Optional.empty(), "c-10"));

    assertThat(depot.limit("a1")).isEqualTo(6 * 230);
    assertThat(refused.reasonCode()).isEqualTo("NO_TELEMETRY");
    assertThat(refused.missingInputs()).containsExactly("m");
    assertThat(refused.safeActionTaken()).contains("fail-safe");
    assertThat(context.health().reports().get("site Sketch").message())
        .isEqualTo("nothing usable is known of m: what hangs from there is at its fail-safe value");
    assertThat(lastCycle().outcome()).isEqualTo(Outcome.REJECTED);
  }

  @Test
  @Verifies({"FR-004", "NFR-002"})
  void aSilentMeterIsReplacedByItsFallbackAndThatIsToldOnce() {
    depot.plug("b1");
    depot.pass(20);
    context.bus().forget();

    depot.silence("m");
    depot.pass(60);
    assertThat(resolved())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.sourceMode()).isEqualTo(SourceMode.FALLBACK_DERIVED);
              assertThat(event.inputsUsed()).containsExactly("m:FIXED");
            });
    assertThat(lastCycle().reasonCodes()).contains(ReasonCode.TELEMETRY_STALE_FALLBACK_USED);
    assertThat(depot.limit("b1")).isEqualTo(MAX);

    depot.plug("a1");
    depot.pass(20);
    assertThat(depot.limit("a1") + depot.limit("b1")).isLessThanOrEqualTo(MAX);

    depot.speakAgain("m");
    depot.pass(20);
    assertThat(resolved()).hasSize(2);
    assertThat(depot.limit("a1")).isEqualTo(MAX);
  }

  @Test
  @Verifies({"FR-006", "NFR-003"})
  void aBreachIsToldWhenItOpensAndWhenItIsClosed() {
    depot.pass(10);
    depot.load("g", 21_000);
    depot.pass(12);

    assertThat(breaches()).hasSize(1);
    assertThat(status().openBreaches()).hasSize(1);
    assertThat(lastCycle().breaches()).isEqualTo(status().openBreaches());
    assertThat(context.metrics().gauge("open_breaches", "microgrid", FakeDepot.SITE.toString()))
        .isOne();

    depot.load("g", 1_000);
    depot.pass(12);
    assertThat(breaches()).hasSize(2);
    assertThat(breaches().getLast().breach().clearedAt()).isPresent();
    assertThat(status().openBreaches()).isEmpty();
  }

  @Test
  @Verifies("FR-005")
  void aRaiseWaitsUntilTheDecreaseItNeedsIsConfirmedAndFollowed() {
    depot.plug("a1");
    depot.pass(20);
    assertThat(depot.limit("a1")).isEqualTo(MAX);
    depot.delay(Duration.ofSeconds(3));
    depot.received.clear();
    depot.plug("a2");
    depot.read();

    context.clock().leapSeconds(1);
    assertThat(changes()).containsExactly("a1=4000");
    context.clock().leapSeconds(3);
    assertThat(depot.limit("a1")).isEqualTo(4_000);
    assertThat(changes()).containsExactly("a1=4000");

    depot.read();
    assertThat(changes()).containsExactly("a1=4000", "a2=4000");
  }

  private List<String> changes() {
    return depot.received.stream()
        .map(setPoint -> name(setPoint) + "=" + setPoint.limitWatts())
        .toList();
  }

  private static String name(SetPoint setPoint) {
    return List.of("a1", "a2", "b1").stream()
        .filter(name -> id(name).equals(setPoint.nodeId()))
        .findFirst()
        .orElseThrow();
  }

  private List<CycleCompleted> told() {
    return context.bus().told(BalancingAddresses.CYCLE_COMPLETED);
  }

  private List<DemandResolved> resolved() {
    return context.bus().told(BalancingAddresses.DEMAND_RESOLVED);
  }

  private List<BreachChanged> breaches() {
    return context.bus().told(BalancingAddresses.BREACH);
  }

  private static Rebalance request(Optional<java.util.UUID> node, String correlationId) {
    return new Rebalance(node, "operator", "api", correlationId);
  }

  private RebalanceReply rebalance(Rebalance request) {
    return context.bus().ask(BalancingAddresses.REBALANCE.at(FakeDepot.SITE), request).await();
  }

  private SiteStatus status() {
    return context.bus().ask(BalancingAddresses.STATUS.at(FakeDepot.SITE), new GetStatus()).await();
  }

  private CycleResult lastCycle() {
    return status().lastCycle().orElseThrow();
  }

  private CyclePage page(int limit, Optional<String> cursor) {
    return context
        .bus()
        .ask(BalancingAddresses.CYCLES.at(FakeDepot.SITE), new ListCycles(limit, cursor))
        .await();
  }

  private Explained explain(Explain question) {
    return (Explained)
        context.bus().ask(BalancingAddresses.EXPLAIN.at(FakeDepot.SITE), question).await();
  }
}
