package io.busbar.balancing;

import static io.busbar.balancing.SiteSketch.fixed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.busbar.api.DatabaseAccess;
import io.busbar.api.Health;
import io.busbar.api.audit.AuditAddresses;
import io.busbar.api.audit.AuditEvent;
import io.busbar.api.audit.GetAudit;
import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.balancing.CycleCompleted;
import io.busbar.api.balancing.CyclePage;
import io.busbar.api.balancing.CycleReply;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.balancing.GetCycle;
import io.busbar.api.balancing.GetStatus;
import io.busbar.api.balancing.ListCycles;
import io.busbar.api.balancing.Rebalance;
import io.busbar.api.balancing.RebalanceReply.Completed;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.PluginHarness;
import io.busbar.testkit.TestDatabase;
import io.busbar.testkit.Verifies;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The plugin keeping its cycles in PostgreSQL. A request is answered when its cycle is stored. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class BalancingStoredTest {

  @TempDir Path folder;
  private final DatabaseAccess access = TestDatabase.fresh("balancing");
  private final Wire wire = new Wire(access);
  private FakeContext context;
  private FakeDepot depot;
  private PluginHarness harness;
  private int requests;

  @BeforeEach
  void start() {
    context =
        FakeContext.of("balancing", new JsonObject().put("spool_cycles", 4), folder)
            .with(wire.access());
    depot =
        new FakeDepot(
            context,
            new SiteSketch()
                .grid("g", 10_000)
                .connectors("g", "a", "b")
                .meter("m", "g", fixed(9_000)));
    harness = PluginHarness.start(new BalancingPlugin(), context);
  }

  @AfterEach
  void stop() {
    harness.close();
    wire.close();
  }

  @Test
  @Verifies({"NFR-003", "FR-006"})
  void cyclesAreStoredWithWhoWhenAndOnWhatAndToldAfterwards() {
    depot.plug("a", "b");
    depot.pass(30);
    CycleResult asked = ask();

    CyclePage page = page(100, Optional.empty());
    assertThat(page.cycles().getFirst()).isEqualTo(asked);
    assertThat(page.cycles()).hasSizeGreaterThanOrEqualTo(4).doesNotHaveDuplicates();
    assertThat(page.nextCursor()).isEmpty();
    assertThat(told()).isEqualTo(page.cycles().reversed());
    assertThat(
            TestDatabase.value(
                access,
                "select concat_ws(' ', outcome, correlation_id, result->'audit'->>'actor',"
                    + " length(result->'audit'->>'input_digest')) from cycle order by position"
                    + " desc limit 1"))
        .isEqualTo("CURTAILED request-1 operator 64");
    assertThat(
            TestDatabase.value(
                access,
                "select concat_ws(' ', actor, source, correlation_id, topic) from audit_event"
                    + " where topic like '%rebalance_requested%'"))
        .isEqualTo("operator api request-1 microgrid.rebalance_requested.v1");
  }

  @Test
  @Verifies("NFR-003")
  void theAuditShowsEveryCycleOnceBesideWhatElseHappened() {
    depot.plug("a", "b");
    depot.pass(30);
    ask();

    List<AuditEvent> audit = audit();
    assertThat(audit.stream().map(AuditEvent::eventId)).doesNotHaveDuplicates();
    assertThat(
            audit.stream()
                .filter(event -> event.topic().equals("microgrid.cycle_completed.v1"))
                .map(event -> event.payload().get("cycle_id")))
        .isEqualTo(
            page(100, Optional.empty()).cycles().stream()
                .map(cycle -> cycle.cycleId().toString())
                .toList());
    assertThat(audit)
        .filteredOn(event -> event.actor().equals("operator"))
        .extracting(AuditEvent::topic, AuditEvent::correlationId)
        .containsExactlyInAnyOrder(
            tuple("microgrid.cycle_completed.v1", "request-1"),
            tuple("microgrid.rebalance_requested.v1", "request-1"));
  }

  private List<AuditEvent> audit() {
    GetAudit question =
        new GetAudit(
            Optional.of(FakeDepot.SITE),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            GetAudit.MOST);
    return context.bus().ask(AuditAddresses.PAGE.at(context.pluginId()), question).await().events();
  }

  @Test
  void pagesFollowEachOtherWithoutGapOrRepetition() {
    depot.pass(100);
    ask();
    List<CycleResult> all = page(500, Optional.empty()).cycles();

    List<CycleResult> paged = new ArrayList<>();
    CyclePage page = page(3, Optional.empty());
    paged.addAll(page.cycles());
    while (page.nextCursor().isPresent()) {
      page = page(3, page.nextCursor());
      paged.addAll(page.cycles());
    }

    assertThat(paged).isEqualTo(all).hasSizeGreaterThan(9);
    assertThat(page(3, Optional.of("nonsense")).cycles()).isEmpty();
  }

  @Test
  @Verifies("NFR-001")
  void aRequestIsRememberedOverARestart() {
    depot.pass(20);
    CycleResult first = ask(new Rebalance(Optional.empty(), "operator", "api", "the-same"));
    harness.close();
    start();
    depot.pass(20);

    assertThat(ask(new Rebalance(Optional.empty(), "operator", "api", "the-same")))
        .isEqualTo(first);
    CycleReply found =
        context
            .bus()
            .ask(BalancingAddresses.CYCLE.at(FakeDepot.SITE), new GetCycle(first.cycleId()))
            .await();
    assertThat(found).isEqualTo(new CycleReply.Found(first));
  }

  @Test
  void whatWasStoredAndPerhapsNotToldIsToldAfterARestart() {
    depot.pass(20);
    CycleResult asked = ask();
    harness.close();
    TestDatabase.execute(access, "update cycle_told set position = position - 1");
    start();
    depot.pass(10);
    ask();

    assertThat(told().getFirst()).isEqualTo(asked);
  }

  @Test
  @Verifies("NFR-002")
  void whileTheDatabaseIsAwayBalancingGoesOnAndEverythingIsStoredInOrderAfterwards() {
    depot.plug("a");
    depot.pass(20);
    ask();
    wire.cut();
    depot.plug("b");
    depot.pass(100);
    assertThat(depot.limit("a")).isEqualTo(5_000);
    assertThat(depot.limit("b")).isEqualTo(5_000);

    CycleResult duringOutage = ask();
    assertThat(context.health().reports().get("history").status())
        .isEqualTo(Health.Status.DEGRADED);
    assertThat(folder.resolve("spool")).isNotEmptyDirectory();
    assertThat(page(5, Optional.empty()).cycles().getFirst()).isEqualTo(duringOutage);

    wire.mend();
    CycleResult after = askUntilTheDatabaseIsBack();
    List<CycleResult> stored = page(500, Optional.empty()).cycles();

    assertThat(stored).contains(duringOutage).doesNotHaveDuplicates();
    assertThat(stored.getFirst()).isEqualTo(after);
    assertThat(stored).isSortedAccordingTo((x, y) -> y.startedAt().compareTo(x.startedAt()));
    assertThat(stored).hasSizeGreaterThan(12);
    assertThat(told()).isEqualTo(stored.reversed());
    assertThat(folder.resolve("spool")).isEmptyDirectory();
  }

  @Test
  void whatCouldNotBeStoredBeforeAStopIsStoredAfterTheNextStart() {
    depot.pass(20);
    ask();
    wire.cut();
    CycleResult last = ask();
    harness.close();

    wire.mend();
    start();
    depot.pass(10);
    ask();

    assertThat(page(500, Optional.empty()).cycles()).contains(last);
  }

  @Test
  void statusComesFromMemory() {
    depot.pass(20);
    wire.cut();

    assertThat(
            context
                .bus()
                .ask(BalancingAddresses.STATUS.at(FakeDepot.SITE), new GetStatus())
                .await()
                .lastCycle())
        .isPresent();
  }

  /** A connection that was cut may be noticed only when it is used. */
  private CycleResult askUntilTheDatabaseIsBack() {
    for (int attempt = 0; attempt < 100; attempt++) {
      depot.pass(4);
      CycleResult result = ask();
      if (context.health().reports().get("history").status() == Health.Status.UP) {
        return result;
      }
    }
    throw new AssertionError("not back: " + context.health().reports());
  }

  /** Asks for a cycle and waits until it is safe. */
  private CycleResult ask() {
    return ask(new Rebalance(Optional.empty(), "operator", "api", "request-" + ++requests));
  }

  private CycleResult ask(Rebalance request) {
    return ((Completed)
            context.bus().ask(BalancingAddresses.REBALANCE.at(FakeDepot.SITE), request).await())
        .result();
  }

  private CyclePage page(int limit, Optional<String> cursor) {
    return context
        .bus()
        .ask(BalancingAddresses.CYCLES.at(FakeDepot.SITE), new ListCycles(limit, cursor))
        .await();
  }

  private List<CycleResult> told() {
    return context.bus().told(BalancingAddresses.CYCLE_COMPLETED).stream()
        .map(CycleCompleted::cycle)
        .toList();
  }
}
