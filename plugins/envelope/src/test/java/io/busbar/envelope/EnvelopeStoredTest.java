package io.busbar.envelope;

import static io.busbar.envelope.Depot.NOW;
import static io.busbar.envelope.Depot.SITE;
import static io.busbar.envelope.Depot.forecast;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.busbar.api.DatabaseAccess;
import io.busbar.api.audit.AuditAddresses;
import io.busbar.api.audit.AuditEvent;
import io.busbar.api.audit.GetAudit;
import io.busbar.api.envelope.EnvelopeAddresses;
import io.busbar.api.envelope.EnvelopeEvaluated;
import io.busbar.api.envelope.EnvelopePageReply.Entry;
import io.busbar.api.envelope.EnvelopePageReply.Evaluation;
import io.busbar.api.envelope.ListSources;
import io.busbar.api.envelope.OperatingEnvelope;
import io.busbar.api.envelope.OperatingEnvelope.Status;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.LeapClock;
import io.busbar.testkit.PluginHarness;
import io.busbar.testkit.RecordingBus;
import io.busbar.testkit.RecordingHealth;
import io.busbar.testkit.RecordingMetrics;
import io.busbar.testkit.TestDatabase;
import io.busbar.testkit.Verifies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The same, kept in PostgreSQL. */
class EnvelopeStoredTest extends EnvelopePluginTest {

  private static final UUID NOBODY = new UUID(8, 8);

  private final DatabaseAccess access = TestDatabase.fresh("envelope");

  @Override
  FakeContext context() {
    return super.context().with(access);
  }

  /** Nothing more is stored or told: what was asked for last comes after all that waits. */
  @Override
  void settle() {
    Awaitility.await()
        .until(
            () ->
                TestDatabase.value(
                        access,
                        "select count(*) from outbox where published_at is null"
                            + " union all select count(*) from envelope where status in"
                            + " ('PENDING', 'ACTIVE') and effective_to <= '"
                            + context.clock().instant()
                            + "' order by 1 desc")
                    .equals("0"));
    depot.withdraw(NOBODY);
    depot.withdraw(NOBODY);
  }

  @Test
  @Verifies({"NFR-010", "NFR-011", "OP-03"})
  void afterAnOutageEachMissedBoundaryIsCaughtUpOnceInOrder() {
    Instant later = NOW.plus(Duration.ofHours(2));
    OperatingEnvelope first = depot.accept(forecast("f1", NOW.plusSeconds(60), later, 60_000));
    OperatingEnvelope second =
        depot.accept(forecast("f2", NOW.plusSeconds(90), later.plusSeconds(1), 50_000));

    restartAt(NOW.plus(Duration.ofHours(6)));

    assertThat(context.bus().told(EnvelopeAddresses.EVALUATED))
        .extracting(EnvelopeEvaluated::envelopeId, EnvelopeEvaluated::evaluatedAt)
        .containsExactly(
            tuple(first.envelopeId(), NOW.plusSeconds(60)),
            tuple(second.envelopeId(), NOW.plusSeconds(90)),
            tuple(first.envelopeId(), later),
            tuple(second.envelopeId(), later.plusSeconds(1)));
    assertThat(depot.entry(first.envelopeId()).lifecycle())
        .containsExactly(
            new Evaluation(NOW.plusSeconds(60), Status.ACTIVE),
            new Evaluation(later, Status.EXPIRED));

    restartAt(NOW.plus(Duration.ofHours(7)));
    assertThat(context.bus().told(EnvelopeAddresses.EVALUATED)).isEmpty();
  }

  @Test
  @Verifies({"NFR-010", "OP-03"})
  void everythingIsTheSameAfterARestart() {
    depot.accept(forecast("f1", NOW, NOW.plus(Duration.ofDays(2)), 60_000));
    depot.accept(forecast("f1", NOW.plusSeconds(10), NOW.plusSeconds(20), 50_000));
    settle();
    List<Entry> before = depot.entries();
    var sources =
        Depot.get(context.bus().ask(EnvelopeAddresses.SOURCES.at(SITE), new ListSources()));
    var capacity = depot.capacity();

    restartAt(NOW);

    assertThat(depot.entries()).isEqualTo(before);
    assertThat(Depot.get(context.bus().ask(EnvelopeAddresses.SOURCES.at(SITE), new ListSources())))
        .isEqualTo(sources);
    depot.guard(NOW);
    assertThat(depot.capacity()).isEqualTo(capacity);
    assertThat(depot.watts()).hasValue(60_000);
    assertThat(context.bus().told(EnvelopeAddresses.RECEIVED)).isEmpty();
  }

  @Test
  @Verifies({"NFR-003", "NFR-010"})
  void theAuditHasEachHappeningOnce() {
    OperatingEnvelope envelope = depot.accept(forecast("f1", NOW, NOW.plusSeconds(60), 60_000));
    depot.submit(forecast("f1", NOW, NOW.plusSeconds(60), 60_000));
    depot.withdraw(envelope.envelopeId());
    settle();

    List<AuditEvent> events =
        Depot.get(
                context
                    .bus()
                    .ask(
                        AuditAddresses.PAGE.at("envelope"),
                        new GetAudit(
                            Optional.of(SITE),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            100)))
            .events();

    assertThat(events)
        .extracting(AuditEvent::topic)
        .containsExactlyInAnyOrder(
            "microgrid.operating_envelope_received.v1",
            "microgrid.operating_envelope_lifecycle_evaluated.v1",
            "microgrid.operating_envelope_lifecycle_evaluated.v1",
            "envelope.source_changed.v1",
            "compatibility.effective_circuit_capacity_changed.v1",
            "compatibility.effective_circuit_capacity_changed.v1");
  }

  private void restartAt(Instant now) {
    harness.close();
    LeapClock clock = new LeapClock(now);
    context =
        new FakeContext(
            "envelope",
            context.config(),
            clock,
            new RecordingBus(clock),
            Optional.of(access),
            new RecordingMetrics(),
            new RecordingHealth(),
            folder,
            context.provided(),
            new CopyOnWriteArrayList<>());
    depot = new Depot(context.bus());
    harness = PluginHarness.start(new EnvelopePlugin(), context);
    Awaitility.await().ignoreExceptions().until(() -> depot.look() != null);
    settle();
  }
}
