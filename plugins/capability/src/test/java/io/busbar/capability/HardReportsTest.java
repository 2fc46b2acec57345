package io.busbar.capability;

import static io.busbar.capability.Depot.DER;
import static io.busbar.capability.Depot.SITE;
import static io.busbar.capability.Depot.get;
import static io.busbar.capability.Depot.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busbar.api.DatabaseAccess;
import io.busbar.api.capability.CapabilityAddresses;
import io.busbar.api.capability.RecordReply;
import io.busbar.api.capability.RecordReply.Recorded;
import io.busbar.api.capability.RecordReply.Refused;
import io.busbar.api.capability.RecordStatus;
import io.busbar.api.capability.StatusEvent;
import io.busbar.api.capability.StatusRecorded;
import io.busbar.api.topology.ControlPoint.ControlSource;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.LeapClock;
import io.busbar.testkit.PluginHarness;
import io.busbar.testkit.TestDatabase;
import io.busbar.testkit.Verifies;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports, and moments, that a database, a cache or a commit of many at once could trip over. */
class HardReportsTest {

  private static final Instant NOW = LeapClock.START;

  @TempDir Path folder;
  private final DatabaseAccess access = TestDatabase.fresh("capability");
  private FakeContext context;
  private Depot depot;
  private PluginHarness harness;

  @BeforeEach
  void start() {
    JsonObject off = new JsonObject().put("mqtt", new JsonObject().put("mode", "off"));
    context = FakeContext.of("capability", off, folder).with(access);
    depot = new Depot(context);
    harness = PluginHarness.start(new CapabilityPlugin(), context);
  }

  @AfterEach
  void stop() {
    harness.close();
  }

  private static RecordStatus with(RecordStatus status, Instant at, Map<String, Object> detail) {
    return new RecordStatus(
        SITE,
        status.controlPointId(),
        Optional.empty(),
        status.operationalStatus(),
        status.reportedBy(),
        at,
        status.sourceEventRef(),
        Optional.of(detail),
        "tester",
        "c-1");
  }

  private List<RecordReply> recordAtOnce(List<RecordStatus> statuses) {
    return statuses.stream()
        .map(status -> context.bus().ask(CapabilityAddresses.RECORD, status))
        .toList()
        .stream()
        .map(Depot::get)
        .toList();
  }

  @Test
  void whatTheDatabaseCannotHoldIsRefusedByName() {
    RecordStatus good = status(DER, "on", NOW, "r");

    assertThat(rule(with(good, NOW, Map.of("a", "b\0c")))).isEqualTo("STATUS_INVALID");
    assertThat(rule(with(good, NOW, Map.of("b\0c", 1)))).isEqualTo("STATUS_INVALID");
    assertThat(rule(with(good, NOW, Map.of("a", List.of(Map.of("x", "\0"))))))
        .isEqualTo("STATUS_INVALID");
    assertThat(rule(status(DER, "half \ud800", NOW, "r"))).isEqualTo("STATUS_INVALID");
    assertThat(rule(with(good, NOW, Map.of("a", List.of("x".repeat(70_000))))))
        .isEqualTo("STATUS_INVALID");
    assertThat(rule(status(DER, "on", Instant.parse("1970-01-01T00:00:00Z"), "r")))
        .isEqualTo("OBSERVED_TOO_EARLY");
    assertThat(rule(status(DER, "on", Instant.MIN, "r"))).isEqualTo("OBSERVED_TOO_EARLY");
    assertThat(depot.events(DER)).isEmpty();
  }

  private String rule(RecordStatus status) {
    return ((Refused) depot.record(status)).rule();
  }

  @Test
  void oneThatCannotBeStoredTakesNoneOfItsGroupAlong() {
    TestDatabase.execute(
        access,
        "alter table status_event add constraint picky check (operational_status <> 'odd')");
    List<RecordStatus> many =
        IntStream.range(0, 500)
            .mapToObj(i -> status(DER, i % 100 == 17 ? "odd" : "on", NOW, "r" + i))
            .toList();

    List<RecordReply> replies = recordAtOnce(many);

    assertThat(replies).filteredOn(Recorded.class::isInstance).hasSize(495);
    assertThat(replies)
        .filteredOn(Refused.class::isInstance)
        .hasSize(5)
        .allMatch(reply -> ((Refused) reply).rule().equals("NOT_STORABLE"));
    assertThat(depot.events(DER)).hasSize(495);
    assertThat(context.bus().told(CapabilityAddresses.RECORDED)).hasSize(495);
  }

  @Test
  @Verifies({"NFR-009", "FR-024"})
  void ofManyAtOnceTheFirstOfEachKindIsTheEventAndTheOthersAreToldSo() {
    List<RecordStatus> many =
        IntStream.range(0, 900)
            .mapToObj(i -> status(DER, "s" + i, NOW.plusMillis(i), "r" + i % 30))
            .toList();

    List<RecordReply> replies = recordAtOnce(many);

    assertThat(replies.stream().map(Recorded.class::cast).filter(r -> !r.duplicate())).hasSize(30);
    for (int i = 0; i < many.size(); i++) {
      StatusEvent event = ((Recorded) replies.get(i)).event();
      assertThat(event.sourceEventRef()).contains("r" + i % 30);
      assertThat(event.operationalStatus()).isEqualTo("s" + i % 30);
    }
  }

  @Test
  @Verifies("OP-03")
  void whatWasStoredWhenTheAnswerGotLostIsToldOnceTheDatabaseIsBack() {
    depot.record(status(DER, "first", NOW, "r1"));
    TestDatabase.execute(
        access,
        "create function hang_up() returns trigger language plpgsql as"
            + " 'begin perform pg_terminate_backend(pg_backend_pid()); return null; end'");
    storeBehindItsBack("lost", NOW.plusSeconds(1));
    TestDatabase.execute(
        access,
        "create trigger hang_up before insert on status_event"
            + " for each statement execute function hang_up()");
    assertThatThrownBy(() -> depot.record(status(DER, "fails", NOW.plusSeconds(2), "r3")));
    TestDatabase.execute(access, "drop trigger hang_up on status_event");

    depot.record(status(DER, "last", NOW.plusSeconds(3), "r4"));

    assertThat(context.bus().told(CapabilityAddresses.RECORDED))
        .extracting(StatusRecorded::operationalStatus)
        .containsExactly("first", "lost", "last");
  }

  /** As a commit does whose answer never comes back. */
  private void storeBehindItsBack(String status, Instant at) {
    TestDatabase.execute(
        access,
        """
        insert into status_event (status_event_id, microgrid_id, control_point_id, node_id,
          capability_type, operational_status, reported_by, observed_at, ingested_at,
          source_event_ref, idempotency_key, actor, source, correlation_id)
        select gen_random_uuid(), microgrid_id, control_point_id, node_id, capability_type,
          '%s', reported_by, '%s', '%s', 'r2', 'ref:r2', actor, source, correlation_id
        from status_event limit 1
        """
            .formatted(status, at, at));
  }

  @Test
  void aControlPointMadeAMomentAgoIsKnownBeforeTheNewsOfItComes() {
    depot.record(status(DER, "on", NOW, "r1"));
    UUID fresh = new UUID(0, 77);

    depot.add(fresh);

    assertThat(depot.record(status(fresh, "on", NOW, "r2"))).isInstanceOf(Recorded.class);
  }

  @Test
  void whoControlsItSinceAMomentMayReportBeforeTheNewsOfItComes() {
    UUID point = new UUID(0, 78);
    depot.hand(point, ControlSource.LOCAL);
    assertThat(rule(status(point, "on", NOW, "r1"))).isEqualTo("REPORTED_BY_MISMATCH");

    depot.hand(point, ControlSource.EXTERNAL);

    assertThat(depot.record(status(point, "on", NOW, "r1"))).isInstanceOf(Recorded.class);
  }

  @Test
  void withoutTopologyAStatusIsNeitherTakenNorRefused() {
    depot.goAway();
    Future<RecordReply> reply =
        context.bus().ask(CapabilityAddresses.RECORD, status(DER, "on", NOW, "r1"));
    assertThatThrownBy(() -> get(reply)).hasStackTraceContaining("topology");

    depot.come();

    assertThat(depot.record(status(DER, "on", NOW, "r1"))).isInstanceOf(Recorded.class);
  }
}
