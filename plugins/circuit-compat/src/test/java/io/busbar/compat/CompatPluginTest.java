package io.busbar.compat;

import static io.busbar.compat.OldSite.CIRCUIT;
import static io.busbar.compat.OldSite.CONNECTOR_ASSET;
import static io.busbar.compat.OldSite.FEEDER;
import static io.busbar.compat.OldSite.GRID;
import static io.busbar.compat.OldSite.INNER;
import static io.busbar.compat.OldSite.SITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.balancing.Rebalance;
import io.busbar.api.compatibility.CircuitAliasApplied;
import io.busbar.api.compatibility.CircuitRebalanceRequested;
import io.busbar.api.compatibility.CircuitReply;
import io.busbar.api.compatibility.CompatibilityAddresses;
import io.busbar.api.compatibility.GetCircuit;
import io.busbar.api.compatibility.GetTouLimits;
import io.busbar.api.compatibility.RebalanceCircuit;
import io.busbar.api.compatibility.RebalanceCircuitReply;
import io.busbar.api.compatibility.SetTouLimits;
import io.busbar.api.compatibility.TouLimitsReply;
import io.busbar.api.compatibility.TouSchedule;
import io.busbar.api.compatibility.TouSchedule.Day;
import io.busbar.api.compatibility.TouSchedule.Window;
import io.busbar.api.compatibility.TranslationFailed;
import io.busbar.api.envelope.EnvelopeAddresses;
import io.busbar.api.envelope.SubmitEnvelope;
import io.busbar.api.envelope.WithdrawEnvelope;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.LeapClock;
import io.busbar.testkit.PluginHarness;
import io.busbar.testkit.Verifies;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin as older consumers see it, keeping everything in memory. */
class CompatPluginTest {

  private static final UUID STRANGE = new UUID(9, 9);
  private static final TouSchedule EVENINGS =
      new TouSchedule(
          List.of(
              new Window(
                  EnumSet.range(Day.MONDAY, Day.SUNDAY),
                  LocalTime.of(17, 0),
                  Optional.of(LocalTime.of(21, 0)),
                  40_000)),
          List.of());

  @TempDir Path folder;
  FakeContext context;
  PluginHarness harness;
  OldSite site;

  @BeforeEach
  void start() {
    context = context();
    site = new OldSite(context.bus());
    harness = PluginHarness.start(new CompatPlugin(), context);
  }

  FakeContext context() {
    JsonObject job =
        new JsonObject().put("circuit_id", STRANGE.toString()).put("every_seconds", 60);
    return FakeContext.of(
        "circuit-compat", new JsonObject().put("periodic", new JsonArray().add(job)), folder);
  }

  @AfterEach
  void stop() {
    harness.close();
  }

  @Test
  @Verifies({"FR-008", "FR-015"})
  void aRequestForACircuitBecomesExactlyOneCycleOfItsNode() {
    RebalanceCircuitReply.Completed done =
        (RebalanceCircuitReply.Completed) rebalance(CIRCUIT, "c1");

    assertThat(context.bus().asked(BalancingAddresses.REBALANCE))
        .containsExactly(new Rebalance(Optional.of(INNER), "old", Rebalance.CIRCUIT_ALIAS, "c1"));
    assertThat(done.microgridId()).isEqualTo(SITE);
    assertThat(done.connectors())
        .singleElement()
        .satisfies(
            share -> {
              assertThat(share.connectorId()).isEqualTo(CONNECTOR_ASSET);
              assertThat(share.allocatedWatts()).isEqualTo(5_000);
            });
  }

  @Test
  @Verifies({"NFR-005", "FR-016"})
  void theSameRequestAgainIsOnRecordOnce() {
    rebalance(CIRCUIT, "c1");
    rebalance(CIRCUIT, "c1");
    rebalance(STRANGE, "c2");
    rebalance(STRANGE, "c2");

    assertThat(context.bus().told(CompatibilityAddresses.ALIAS_APPLIED))
        .singleElement()
        .extracting(CircuitAliasApplied::nodeId, CircuitAliasApplied::path)
        .containsExactly(INNER, "rebalance_load");
    assertThat(context.bus().told(CompatibilityAddresses.TRANSLATION_FAILED)).hasSize(1);
  }

  @Test
  @Verifies({"FR-016", "NFR-006"})
  void aCircuitThatNoNodeOrSeveralNodesReferToIsNotGuessed() {
    RebalanceCircuitReply.Unresolvable none =
        (RebalanceCircuitReply.Unresolvable) rebalance(STRANGE, "c1");
    assertThat(none.reasonCode()).isEqualTo("CIRCUIT_ALIAS_NOT_RESOLVABLE");

    site.twin();
    RebalanceCircuitReply.Unresolvable several =
        (RebalanceCircuitReply.Unresolvable) rebalance(CIRCUIT, "c2");
    assertThat(several.message()).contains("2 nodes");
    assertThat(context.bus().asked(BalancingAddresses.REBALANCE)).isEmpty();
  }

  @Test
  void whatBalancingRefusesIsRefusedInItsWords() {
    site.refuse();

    assertThat(rebalance(CIRCUIT, "c1"))
        .isEqualTo(
            new RebalanceCircuitReply.Refused(
                "NO_TELEMETRY", "nothing was heard", List.of("meter"), "fail-safe"));
  }

  @Test
  @Verifies("FR-015")
  void anOlderEventIsTranslatedAndOneThatCannotBeIsOnRecord() {
    context
        .bus()
        .tell(
            CompatibilityAddresses.CIRCUIT_REBALANCE_REQUESTED,
            new CircuitRebalanceRequested(
                UUID.randomUUID(), LeapClock.START, "old", "e1", CIRCUIT));
    context
        .bus()
        .tell(
            CompatibilityAddresses.CIRCUIT_REBALANCE_REQUESTED,
            new CircuitRebalanceRequested(
                UUID.randomUUID(), LeapClock.START, "old", "e2", STRANGE));

    assertThat(context.bus().asked(BalancingAddresses.REBALANCE)).hasSize(1);
    assertThat(context.bus().told(CompatibilityAddresses.TRANSLATION_FAILED))
        .singleElement()
        .extracting(TranslationFailed::reasonCode, TranslationFailed::path)
        .containsExactly("CIRCUIT_ALIAS_NOT_RESOLVABLE", "load_balancer.rebalance_requested");
  }

  @Test
  @Verifies("FR-016")
  void aPeriodicJobIsResolvedAtDispatchAndSkippedWhenItCannotBe() {
    context.clock().advance(Duration.ofSeconds(60));
    assertThat(context.bus().asked(BalancingAddresses.REBALANCE)).isEmpty();
    assertThat(context.bus().told(CompatibilityAddresses.TRANSLATION_FAILED))
        .singleElement()
        .extracting(TranslationFailed::path)
        .isEqualTo("ScheduledEventRebalancePeriodic");

    site.rename(CIRCUIT, STRANGE);
    context.clock().advance(Duration.ofSeconds(60));
    assertThat(context.bus().asked(BalancingAddresses.REBALANCE)).hasSize(1);
  }

  @Test
  @Verifies("FR-008")
  void aScheduleBecomesAnEnvelopeForEachOfTheComingDaysAndIsKeptFilled() {
    TouLimitsReply.Found found = (TouLimitsReply.Found) set(CIRCUIT, EVENINGS);

    assertThat(found.days()).hasSize(8);
    assertThat(found.timeZone()).isEqualTo("Europe/Berlin");
    List<SubmitEnvelope> submitted = context.bus().asked(EnvelopeAddresses.SUBMIT);
    assertThat(submitted).hasSize(8).allMatch(e -> e.nodeId().equals(INNER));
    assertThat(submitted.getFirst().blocks().getFirst().blockFrom())
        .hasToString("2026-03-02T16:00:00Z");

    context.bus().forget();
    context.clock().advance(Duration.ofDays(1));
    assertThat(get(CIRCUIT).days()).hasSize(8);
    assertThat(
            context.bus().asked(EnvelopeAddresses.SUBMIT).stream()
                .map(SubmitEnvelope::sourceRef)
                .distinct())
        .hasSize(9);
  }

  @Test
  void aScheduleWithoutWindowsWithdrawsWhatWasThere() {
    set(CIRCUIT, EVENINGS);

    TouLimitsReply.Found found =
        (TouLimitsReply.Found) set(CIRCUIT, new TouSchedule(List.of(), List.of()));

    assertThat(found.days()).isEmpty();
    assertThat(context.bus().asked(EnvelopeAddresses.WITHDRAW))
        .hasSize(8)
        .extracting(WithdrawEnvelope::actor)
        .containsOnly("old");
  }

  @Test
  @Verifies("FR-016")
  void aScheduleThatCannotBeTranslatedIsRefusedAndNothingIsKept() {
    assertThat(refusal(STRANGE, EVENINGS)).isEqualTo("LIMIT_SCOPE_TRANSLATION_FAILED");
    site.rejectEnvelopes();
    assertThat(refusal(CIRCUIT, EVENINGS)).isEqualTo("LIMIT_SCOPE_TRANSLATION_FAILED");
    site.twin();
    assertThat(refusal(CIRCUIT, EVENINGS)).isEqualTo("LEGACY_POLICY_SCOPE_AMBIGUOUS");
    TouSchedule wrong =
        new TouSchedule(
            List.of(new Window(EnumSet.of(Day.MONDAY), LocalTime.NOON, Optional.empty(), -1)),
            List.of());
    assertThat(refusal(CIRCUIT, wrong)).isEqualTo("LIMIT_SCOPE_TRANSLATION_FAILED");
    assertThat(context.bus().told(CompatibilityAddresses.TRANSLATION_FAILED)).hasSize(4);
  }

  @Test
  @Verifies("FR-008")
  void aCircuitShowsWhatItCanCarryNowAndWhatThatComesFrom() {
    assertThat(circuit(FEEDER))
        .isEqualTo(
            new CircuitReply.Found(
                FEEDER, SITE, GRID, 100_000, 30_000, 60_000, "envelope:" + new UUID(7, 7)));
    assertThat(circuit(CIRCUIT))
        .isEqualTo(
            new CircuitReply.Found(
                CIRCUIT, SITE, INNER, 50_000, 0, 45_000, "node-limit:" + new UUID(2, 45_000)));
    assertThat(circuit(STRANGE)).isInstanceOf(CircuitReply.Unresolvable.class);
  }

  private RebalanceCircuitReply rebalance(UUID circuit, String correlation) {
    return OldSite.get(
        context
            .bus()
            .ask(
                CompatibilityAddresses.REBALANCE_CIRCUIT,
                new RebalanceCircuit(circuit, "old", correlation)));
  }

  private TouLimitsReply set(UUID circuit, TouSchedule schedule) {
    return OldSite.get(
        context
            .bus()
            .ask(
                CompatibilityAddresses.SET_TOU_LIMITS,
                new SetTouLimits(circuit, schedule, "old", UUID.randomUUID().toString())));
  }

  private String refusal(UUID circuit, TouSchedule schedule) {
    return ((TouLimitsReply.Refused) set(circuit, schedule)).reasonCode();
  }

  private TouLimitsReply.Found get(UUID circuit) {
    return (TouLimitsReply.Found)
        OldSite.get(
            context.bus().ask(CompatibilityAddresses.GET_TOU_LIMITS, new GetTouLimits(circuit)));
  }

  private CircuitReply circuit(UUID circuit) {
    return OldSite.get(context.bus().ask(CompatibilityAddresses.CIRCUIT, new GetCircuit(circuit)));
  }
}
