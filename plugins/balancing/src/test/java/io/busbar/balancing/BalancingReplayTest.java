package io.busbar.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.DatabaseAccess;
import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.balancing.Breach;
import io.busbar.api.balancing.BreachChanged;
import io.busbar.api.balancing.BreachPage;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.balancing.Explain;
import io.busbar.api.balancing.ExplainReply.Explained;
import io.busbar.api.balancing.GetStatus;
import io.busbar.api.balancing.ListBreaches;
import io.busbar.api.balancing.Rebalance;
import io.busbar.api.balancing.RebalanceReply.Completed;
import io.busbar.api.balancing.ReplayCycle;
import io.busbar.api.balancing.ReplayReply;
import io.busbar.api.balancing.ReplayReply.Refused;
import io.busbar.api.balancing.ReplayReply.Replayed;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.PluginHarness;
import io.busbar.testkit.TestDatabase;
import io.busbar.testkit.Verifies;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a later run of the process can do with what an earlier one stored. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class BalancingReplayTest {

  @TempDir Path folder;
  private final DatabaseAccess access = TestDatabase.fresh("balancing");
  private final List<BreachChanged> toldBefore = new ArrayList<>();
  private FakeContext context;
  private FakeDepot depot;
  private PluginHarness harness;
  private int runs;
  private int requests;
  private int load;

  @BeforeEach
  void start() {
    context = FakeContext.of("balancing", new JsonObject(), folder).with(access);
    context.clock().leapSeconds(3_600 * runs++);
    depot = new FakeDepot(context, sketch(10_000));
    depot.load("g", load);
    harness = PluginHarness.start(new BalancingPlugin(), context);
    depot.pass(20);
    ask();
  }

  private static SiteSketch sketch(int watts) {
    return new SiteSketch().grid("g", watts).connectors("g", "a", "b").meter("m", "g");
  }

  @AfterEach
  void stop() {
    harness.close();
  }

  /** Cycles run while what was stored is read, on a thread of its own. */
  private void passUntil(ThrowingRunnable what) {
    Awaitility.await()
        .pollInSameThread()
        .untilAsserted(
            () -> {
              depot.pass(20);
              what.run();
            });
  }

  private void restart() {
    toldBefore.addAll(context.bus().told(BalancingAddresses.BREACH));
    harness.close();
    start();
  }

  @Test
  @Verifies("NFR-001")
  void aCycleComesToTheSameAfterARestartAndAfterItsLimitWasChanged() {
    depot.plug("a", "b");
    depot.pass(20);
    CycleResult before = ask();
    depot.limit(sketch(7_000));
    depot.pass(20);
    CycleResult after = ask();
    restart();

    for (CycleResult cycle : List.of(before, after)) {
      Replayed replayed = (Replayed) replay(cycle.cycleId());
      assertThat(replayed.identical()).isTrue();
      assertThat(cycle.audit().resultDigest()).contains(replayed.replayedDigest());
    }
    assertThat(explain(before).path().get(2).limitWatts()).hasValue(10_000);
    assertThat(explain(after).path().get(2).limitWatts()).hasValue(7_000);
    assertThat(explain(after).sentence()).contains("7,000 W");
  }

  @Test
  void aCycleFromBeforeInputsWereKeptIsRefused() {
    CycleResult cycle = ask();
    restart();
    TestDatabase.execute(access, "update cycle set frame = null, snapshot = null");

    assertThat(replay(cycle.cycleId()))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.reasonCode()).isEqualTo("INPUTS_NOT_KEPT"));
    assertThat(replay(UUID.randomUUID()))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reasonCode()).isEqualTo("CYCLE_UNKNOWN"));
  }

  @Test
  @Verifies({"FR-006", "NFR-003"})
  void aBreachThatLastsOverARestartIsOpenedOnceAndClosedOnce() {
    passUntilOpen(12_000);
    Breach opened = breaches(Optional.of(true)).getFirst();
    load = 12_500;
    restart();
    passUntil(
        () ->
            assertThat(status())
                .singleElement()
                .extracting(Breach::effectiveDemandWatts)
                .isEqualTo(12_500));

    assertThat(breaches(Optional.empty())).hasSize(1);
    assertThat(status().getFirst().breachId()).isEqualTo(opened.breachId());

    load = 1_000;
    restart();
    passUntil(() -> assertThat(breaches(Optional.of(true))).isEmpty());
    Breach closed = breaches(Optional.of(false)).getFirst();
    assertThat(closed.breachId()).isEqualTo(opened.breachId());
    assertThat(closed.detectedAt()).isEqualTo(opened.detectedAt());
    assertThat(closed.effectiveDemandWatts()).isEqualTo(12_500);
    restart();
    passUntil(() -> assertThat(told()).hasSize(2));
    assertThat(told().getLast().breach().clearedAt()).isPresent();
    assertThat(
            TestDatabase.value(
                access,
                "select count(*) || ' ' || count(distinct occurred_at) || ' ' || min(actor) || ' '"
                    + " || min(source) from audit_event where topic like '%breach_detected%'"))
        .matches("2 2 \\S+ \\S+");
  }

  @Test
  void breachesArePagedNewestFirst() {
    for (int breach = 0; breach < 5; breach++) {
      passUntilOpen(12_000 + breach);
      depot.load("g", 1_000);
      depot.pass(12);
      ask();
    }
    List<Breach> all = breaches(Optional.empty());
    assertThat(all).hasSize(5);
    assertThat(all).isSortedAccordingTo((x, y) -> y.detectedAt().compareTo(x.detectedAt()));

    List<Breach> paged = new ArrayList<>();
    BreachPage page = page(new ListBreaches(Optional.of(false), 2, Optional.empty()));
    paged.addAll(page.breaches());
    while (page.nextCursor().isPresent()) {
      page = page(new ListBreaches(Optional.of(false), 2, page.nextCursor()));
      paged.addAll(page.breaches());
    }
    assertThat(paged).isEqualTo(all);
    assertThat(page(new ListBreaches(Optional.empty(), 2, Optional.of("x"))).breaches()).isEmpty();
  }

  @Test
  @Verifies("NFR-001")
  void theCommandReplaysWhatIsStoredWhileNothingRuns() {
    depot.plug("a", "b");
    depot.pass(30);
    CycleResult cycle = ask();
    harness.close();

    Commands commands = new Commands(access);
    assertThat(commands.run(new ReplayCommand(), "Sketch", "--last", "3")).isZero();
    assertThat(commands.printed())
        .contains(cycle.cycleId() + " " + cycle.audit().resultDigest().orElseThrow() + " identical")
        .contains("3 replayed: 3 identical, 0 different; 0 cannot be replayed");
    assertThat(
            commands.run(
                new ReplayCommand(), FakeDepot.SITE.toString(), cycle.cycleId().toString()))
        .isZero();
    assertThat(commands.run(new ReplayCommand(), "Nowhere", "--last", "3")).isOne();
    assertThat(commands.complained()).contains("no site 'Nowhere'").contains("Sketch (");
    assertThat(commands.run(new ReplayCommand(), "Sketch", "--last", "0")).isEqualTo(2);
    assertThat(commands.run(new ReplayCommand(), "Sketch", "x")).isEqualTo(2);
  }

  @Test
  void theCommandExplainsWhatIsStoredWhileNothingRuns() {
    depot.plug("a", "b");
    depot.pass(30);
    CycleResult cycle = ask();
    harness.close();

    Commands commands = new Commands(access);
    assertThat(
            commands.run(
                new ExplainCommand(), "Sketch", "a", "--cycle", cycle.cycleId().toString()))
        .isZero();
    assertThat(commands.printed())
        .startsWith(
            "a gets 5,000 W of the 7,360 W it wants because grid connection g (10,000 W) is full;")
        .contains("BINDS node-limit:")
        .contains("the site Sketch")
        .contains("shared with");
    assertThat(commands.run(new ExplainCommand(), "Sketch", "nobody")).isOne();
    assertThat(commands.complained()).contains("no node 'nobody' at Sketch");
  }

  /** What an earlier run left open is asked for in the background, and nothing opens before. */
  private void passUntilOpen(int watts) {
    depot.load("g", watts);
    for (int attempt = 0; attempt < 100 && status().isEmpty(); attempt++) {
      depot.pass(4);
      ask();
    }
    assertThat(status()).hasSize(1);
  }

  private Explained explain(CycleResult cycle) {
    Explain question = new Explain(Optional.of(cycle.cycleId()), SiteSketch.id("a"));
    return (Explained)
        context.bus().ask(BalancingAddresses.EXPLAIN.at(FakeDepot.SITE), question).await();
  }

  private ReplayReply replay(UUID cycleId) {
    return context
        .bus()
        .ask(BalancingAddresses.REPLAY.at(FakeDepot.SITE), new ReplayCycle(cycleId))
        .await();
  }

  /** After all that was decided so far is stored. */
  private List<Breach> breaches(Optional<Boolean> open) {
    ask();
    return page(new ListBreaches(open, 100, Optional.empty())).breaches();
  }

  private BreachPage page(ListBreaches query) {
    return context.bus().ask(BalancingAddresses.BREACHES.at(FakeDepot.SITE), query).await();
  }

  private List<Breach> status() {
    return context
        .bus()
        .ask(BalancingAddresses.STATUS.at(FakeDepot.SITE), new GetStatus())
        .await()
        .openBreaches();
  }

  private List<BreachChanged> told() {
    ask();
    List<BreachChanged> all = new ArrayList<>(toldBefore);
    all.addAll(context.bus().told(BalancingAddresses.BREACH));
    return all;
  }

  private CycleResult ask() {
    Rebalance request = new Rebalance(Optional.empty(), "operator", "api", "request-" + ++requests);
    return ((Completed)
            context.bus().ask(BalancingAddresses.REBALANCE.at(FakeDepot.SITE), request).await())
        .result();
  }
}
