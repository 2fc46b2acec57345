package io.busbar.balancing;

import static io.busbar.balancing.SiteSketch.MAX;
import static io.busbar.balancing.SiteSketch.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.Health;
import io.busbar.api.balancing.Alert;
import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.balancing.CycleCompleted;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.balancing.Explain;
import io.busbar.api.balancing.ExplainReply.Explained;
import io.busbar.api.balancing.GetStatus;
import io.busbar.api.balancing.ReasonCode;
import io.busbar.api.balancing.Rebalance;
import io.busbar.api.balancing.RebalanceReply;
import io.busbar.api.balancing.RebalanceReply.Completed;
import io.busbar.api.balancing.ReplayCycle;
import io.busbar.api.balancing.ReplayReply.Replayed;
import io.busbar.api.envelope.EnvelopeAddresses;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.PluginHarness;
import io.busbar.testkit.RecordingHealth;
import io.busbar.testkit.Verifies;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits from outside, as cycles see them. */
class GuardTest {

  private static final int FAIL_SAFE = 2 * 6 * 230;

  @TempDir Path folder;
  private FakeContext context;
  private FakeDepot depot;
  private FakeEnvelopes envelopes;
  private PluginHarness harness;

  @BeforeEach
  void prepare() {
    context = FakeContext.of("balancing", new JsonObject().put("start_grace_seconds", 15), folder);
    depot =
        new FakeDepot(
            context,
            new SiteSketch()
                .failSafeAmps(6)
                .grid("g", 20_000)
                .circuit("c", "g", 18_000)
                .connectors("c", "a", "b"));
    envelopes = new FakeEnvelopes(context);
    depot.plug("a", "b");
  }

  @AfterEach
  void stop() {
    harness.close();
  }

  private void start() {
    harness = PluginHarness.start(new BalancingPlugin(), context);
    depot.pass(20);
  }

  private void startUnder(String node, int watts, Optional<Instant> until) {
    envelopes.install();
    envelopes.answer();
    envelopes.cap(node, watts, until);
    start();
  }

  private List<Alert> alerts() {
    return context
        .bus()
        .ask(BalancingAddresses.STATUS.at(FakeDepot.SITE), new GetStatus())
        .await()
        .alerts();
  }

  private int sum() {
    return depot.limit("a") + depot.limit("b");
  }

  private List<CycleResult> cycles() {
    return context.bus().told(BalancingAddresses.CYCLE_COMPLETED).stream()
        .map(CycleCompleted::cycle)
        .toList();
  }

  private Future<RebalanceReply> ask(Optional<String> node, String source, String correlationId) {
    return context
        .bus()
        .ask(
            BalancingAddresses.REBALANCE.at(FakeDepot.SITE),
            new Rebalance(node.map(SiteSketch::id), "test", source, correlationId));
  }

  private Replayed replay(CycleResult cycle) {
    return (Replayed)
        context
            .bus()
            .ask(BalancingAddresses.REPLAY.at(FakeDepot.SITE), new ReplayCycle(cycle.cycleId()))
            .await();
  }

  @Test
  @Verifies("FR-027")
  void anEnvelopeBindsLikeALimitAndIsNamed() {
    startUnder("g", 6_000, Optional.empty());

    assertThat(sum()).isEqualTo(6_000);
    CycleResult last = cycles().getLast();
    assertThat(last.reasonCodes()).containsExactly(ReasonCode.ANCESTOR_CAP_EXCEEDED);
    assertThat(last.allocationSummary().byNode())
        .filteredOn(line -> line.nodeId().equals(id("a")))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.bindingConstraintRef()).contains(FakeEnvelopes.ref("g"));
              assertThat(line.bindingNodeId()).contains(id("g"));
            });
    Explained why =
        (Explained)
            context
                .bus()
                .ask(
                    BalancingAddresses.EXPLAIN.at(FakeDepot.SITE),
                    new Explain(Optional.empty(), id("a")))
                .await();
    assertThat(why.sentence()).contains("grid connection g (6,000 W by an envelope) is full");
    assertThat(why.path())
        .filteredOn(step -> step.nodeId().equals(Optional.of(id("g"))))
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.limitRef()).contains(FakeEnvelopes.ref("g"));
              assertThat(step.limitSource()).isEmpty();
              assertThat(step.limitWatts()).hasValue(6_000);
            });
  }

  @Test
  @Verifies("NFR-001")
  void aCycleUnderAnEnvelopeIsReplayedUnderItAfterItIsGone() {
    startUnder("g", 6_000, Optional.empty());
    CycleResult under = cycles().getLast();
    envelopes.nothing();
    context.clock().leapSeconds(10);
    assertThat(cycles().getLast().allocationSummary().allocatedWatts()).isEqualTo(2 * MAX);

    Replayed replayed = replay(under);

    assertThat(replayed.differences()).isEmpty();
    assertThat(replayed.identical()).isTrue();
    assertThat(replayed.inputs().get("outside").toString())
        .contains(FakeEnvelopes.ref("g"), "6000", "name=g");
    assertThat(cycles().getLast().audit().inputDigest()).isNotEqualTo(under.audit().inputDigest());
  }

  @Test
  @Verifies("FR-027")
  void anEnvelopeNeverLoosensALimitOfTheSite() {
    startUnder("c", 50_000, Optional.empty());
    envelopes.cap("g", 90_000, Optional.empty());
    depot.plug("a", "b");
    context.clock().leapSeconds(20);

    assertThat(sum()).isEqualTo(2 * MAX);
    assertThat(cycles().getLast().allocationSummary().byNode())
        .filteredOn(line -> line.nodeId().equals(id("g")))
        .singleElement()
        .satisfies(line -> assertThat(line.limitWatts()).hasValue(20_000));
  }

  @Test
  void whereNoPluginKnowsOfLimitsNobodyIsAsked() {
    start();

    assertThat(sum()).isEqualTo(2 * MAX);
    assertThat(context.bus().asked(EnvelopeAddresses.EFFECTIVE)).isEmpty();
  }

  @Test
  @Verifies("FR-028")
  void theQuestionIsAskedOnceForEachCycleAndSaysWhenThatBegins() {
    startUnder("g", 6_000, Optional.empty());

    assertThat(envelopes.asked).hasSameSizeAs(cycles());
    assertThat(envelopes.asked)
        .containsExactlyElementsOf(cycles().stream().map(CycleResult::startedAt).toList());
  }

  @Test
  @Verifies("FR-028")
  void theLastAnswerHoldsForAsLongAsItSaidThenTheFailSafeCapacityDoes() {
    startUnder("g", 6_000, Optional.of(context.clock().instant().plusSeconds(60)));
    envelopes.fallSilent();

    depot.pass(30);
    assertThat(sum()).isEqualTo(6_000);
    assertThat(health()).contains("those of the last answer hold");

    depot.pass(20);
    assertThat(sum()).isEqualTo(FAIL_SAFE);
    assertThat(health()).contains("at their fail-safe capacity");
    assertThat(alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.kind()).isEqualTo(Alert.Kind.FALLBACK_IN_USE);
              assertThat(alert.nodeId()).contains(id("g"));
              assertThat(alert.message()).contains("who limits g from outside is not heard");
            });
    assertThat(cycles().getLast().allocationSummary().byNode())
        .filteredOn(line -> line.nodeId().equals(id("a")))
        .singleElement()
        .satisfies(line -> assertThat(line.bindingConstraintRef()).contains("fail-safe:envelope"));
    assertThat(replay(cycles().getLast()).identical()).isTrue();

    envelopes.answer();
    depot.pass(20);
    assertThat(sum()).isEqualTo(6_000);
    assertThat(health()).isEmpty();
    assertThat(alerts()).isEmpty();
  }

  @Test
  void anAnswerWithoutAnEndHoldsHoweverLongNobodyAnswers() {
    startUnder("g", 6_000, Optional.empty());
    envelopes.fallSilent();

    depot.pass(300);

    assertThat(sum()).isEqualTo(6_000);
  }

  @Test
  void theFirstAnswerIsWaitedForAndThenDoneWithout() {
    envelopes.install();
    harness = PluginHarness.start(new BalancingPlugin(), context);
    depot.pass(14);
    assertThat(sum()).isZero();
    assertThat(cycles()).isEmpty();

    depot.pass(20);
    assertThat(sum()).isEqualTo(FAIL_SAFE);

    envelopes.answer();
    depot.pass(20);
    assertThat(sum()).isEqualTo(2 * MAX);
  }

  @Test
  void whenThePluginJoinsARunningSiteNothingIsCutUntilItAnswers() {
    start();
    envelopes.install();
    context.clock().leapSeconds(12);
    assertThat(sum()).isEqualTo(2 * MAX);

    envelopes.cap("c", 4_000, Optional.empty());
    envelopes.answer();
    depot.pass(10);
    assertThat(sum()).isEqualTo(4_000);

    envelopes.uninstall();
    depot.pass(20);
    assertThat(sum()).isEqualTo(2 * MAX);
  }

  @Test
  @Verifies("FR-003")
  void whateverHappensWhileTheAnswerIsAwaitedIsServedByOneCycle() {
    startUnder("g", 6_000, Optional.empty());
    context.clock().leapSeconds(10);
    context.bus().forget();
    envelopes.asked.clear();
    envelopes.delay(Duration.ofMillis(900));

    for (int i = 0; i < 5; i++) {
      depot.session("a", Optional.empty());
      depot.unplug(i % 2 == 0 ? "b" : "none");
      depot.read();
      context.clock().advance(Duration.ofMillis(150));
    }
    context.clock().advance(Duration.ofMillis(500));

    assertThat(cycles()).hasSize(1);
    assertThat(envelopes.asked).hasSize(1);
    assertThat(cycles().getFirst().allocationSummary().byNode())
        .filteredOn(line -> line.nodeId().equals(id("a")))
        .singleElement()
        .satisfies(line -> assertThat(line.allocatedWatts()).isEqualTo(6_000));
  }

  @Test
  @Verifies({"FR-003", "FR-006"})
  void everyRequestGetsACycleOfItsOwnOneAfterTheOther() {
    startUnder("g", 6_000, Optional.empty());
    context.bus().forget();
    envelopes.delay(Duration.ofMillis(200));
    envelopes.asked.clear();

    List<Future<RebalanceReply>> replies =
        List.of(
            ask(Optional.empty(), "api", "1"),
            ask(Optional.of("a"), "api", "2"),
            ask(Optional.empty(), "api", "3"));
    context.clock().advance(Duration.ofMillis(100));
    assertThat(envelopes.asked).hasSize(1);
    context.clock().advance(Duration.ofMillis(600));

    assertThat(replies).allMatch(Future::succeeded);
    assertThat(replies.stream().map(reply -> ((Completed) reply.result()).result().cycleId()))
        .doesNotHaveDuplicates();
    assertThat(envelopes.asked).hasSize(3);
  }

  @Test
  @Verifies({"FR-008", "FR-015"})
  void aCycleThatWasAskedForByCircuitSaysSoAndIsReplayedAlike() {
    startUnder("g", 6_000, Optional.empty());

    CycleResult cycle =
        ((Completed) ask(Optional.of("a"), Rebalance.CIRCUIT_ALIAS, "old").await()).result();

    assertThat(cycle.reasonCodes())
        .containsExactly(
            ReasonCode.ANCESTOR_CAP_EXCEEDED, ReasonCode.LEGACY_ALIAS_TRANSLATION_APPLIED);
    assertThat(replay(cycle).identical()).isTrue();
    context.clock().leapSeconds(10);
    assertThat(cycles().getLast().reasonCodes()).containsExactly(ReasonCode.ANCESTOR_CAP_EXCEEDED);
  }

  private String health() {
    RecordingHealth.Report last = context.health().reports().get("site Sketch");
    assertThat(last.status())
        .isEqualTo(last.message().isEmpty() ? Health.Status.UP : Health.Status.DEGRADED);
    return last.message();
  }
}
