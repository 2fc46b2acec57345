package io.busbar.capability;

import static io.busbar.capability.Depot.DER;
import static io.busbar.capability.Depot.LOCAL;
import static io.busbar.capability.Depot.SITE;
import static io.busbar.capability.Depot.WHOLE;
import static io.busbar.capability.Depot.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.capability.CapabilityAddresses;
import io.busbar.api.capability.HistoryReply;
import io.busbar.api.capability.RecordReply.Recorded;
import io.busbar.api.capability.RecordReply.Refused;
import io.busbar.api.capability.RecordStatus;
import io.busbar.api.capability.StatusEvent;
import io.busbar.api.capability.StatusProjection;
import io.busbar.api.capability.StatusRecorded;
import io.busbar.api.topology.ControlPoint.CapabilityType;
import io.busbar.api.topology.ControlPoint.ControlSource;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.LeapClock;
import io.busbar.testkit.PluginHarness;
import io.busbar.testkit.Verifies;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin as others see it, keeping statuses in memory. */
class CapabilityPluginTest {

  static final Instant NOW = LeapClock.START;

  @TempDir Path folder;
  FakeContext context;
  PluginHarness harness;
  Depot depot;

  @BeforeEach
  void start() {
    context = context();
    depot = new Depot(context);
    harness = PluginHarness.start(new CapabilityPlugin(), context);
  }

  FakeContext context() {
    return FakeContext.of(
        "capability", new JsonObject().put("mqtt", new JsonObject().put("mode", "off")), folder);
  }

  @AfterEach
  void stop() {
    harness.close();
  }

  @Test
  @Verifies({"FR-021", "FR-023", "NFR-008"})
  void aStatusIsRecordedToldAndShownWithItsAge() {
    Recorded recorded =
        (Recorded) depot.record(status(DER, "curtailed", NOW.minusSeconds(5), "r1"));

    assertThat(recorded.duplicate()).isFalse();
    StatusEvent event = recorded.event();
    assertThat(depot.events(DER)).containsExactly(event);
    context.clock().leapSeconds(7);
    assertThat(depot.projection())
        .singleElement()
        .satisfies(
            latest -> {
              assertThat(latest.latestOperationalStatus()).isEqualTo("curtailed");
              assertThat(latest.freshnessSeconds()).isEqualTo(12);
              assertThat(latest.nodeId()).contains(Depot.NODE);
              assertThat(latest.statusDetail().orElseThrow()).containsEntry("raw", 1);
            });
    assertThat(context.bus().told(CapabilityAddresses.RECORDED))
        .extracting(StatusRecorded::eventId, StatusRecorded::operationalStatus)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(event.statusEventId(), "curtailed"));
  }

  @Test
  @Verifies({"NFR-009", "FR-024"})
  void theSameReportAgainIsTheSameEventAlsoAtTheSameTime() {
    List<CompletableFuture<Recorded>> asked;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      asked =
          IntStream.range(0, 50)
              .mapToObj(i -> status(DER, "on " + i % 2, NOW, "r" + i % 5))
              .map(s -> CompletableFuture.supplyAsync(() -> (Recorded) depot.record(s), threads))
              .toList();
      asked.forEach(CompletableFuture::join);
    }

    List<Recorded> replies = asked.stream().map(CompletableFuture::join).toList();
    assertThat(replies).filteredOn(reply -> !reply.duplicate()).hasSize(5);
    assertThat(depot.events(DER)).hasSize(5);
    assertThat(replies).allMatch(reply -> depot.events(DER).contains(reply.event()));
    assertThat(context.bus().told(CapabilityAddresses.RECORDED)).hasSize(5);
  }

  @Test
  @Verifies("NFR-009")
  void withoutAReferenceTheContentDecides() {
    depot.record(status(DER, "on", NOW, null));
    assertThat(((Recorded) depot.record(status(DER, "on", NOW, null))).duplicate()).isTrue();
    assertThat(((Recorded) depot.record(status(DER, "off", NOW, null))).duplicate()).isFalse();
    assertThat(((Recorded) depot.record(status(DER, "on", NOW.plusSeconds(1), null))).duplicate())
        .isFalse();

    assertThat(depot.events(DER)).hasSize(3);
  }

  @Test
  void whatComesLateEntersTheHistoryAndNotTheProjection() {
    depot.record(status(DER, "new", NOW, "r1"));
    depot.record(status(DER, "late", NOW.minusSeconds(60), "r2"));

    assertThat(depot.events(DER))
        .extracting(StatusEvent::operationalStatus)
        .containsExactly("new", "late");
    assertThat(depot.projection().getFirst().latestOperationalStatus()).isEqualTo("new");
  }

  @Test
  void theWholeMicrogridsControlPointIsSelectedByItsCapability() {
    Recorded recorded =
        (Recorded) depot.record(whole(CapabilityType.PEAK_SHAVING, ControlSource.EXTERNAL));

    assertThat(recorded.event().controlPointId()).isEqualTo(WHOLE);
    assertThat(depot.record(whole(CapabilityType.DER, ControlSource.EXTERNAL)))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.rule()).isEqualTo("UNKNOWN_CONTROL_POINT"));
  }

  private static RecordStatus whole(CapabilityType type, ControlSource by) {
    return new RecordStatus(
        SITE,
        Optional.empty(),
        Optional.of(type),
        "on",
        by,
        NOW,
        Optional.empty(),
        Optional.empty(),
        "tester",
        "c-1");
  }

  @Test
  @Verifies("FR-023")
  void whatBreaksARuleIsRefusedByName() {
    assertThat(rule(status(new UUID(9, 9), "on", NOW, "r"))).isEqualTo("UNKNOWN_CONTROL_POINT");
    assertThat(rule(status(LOCAL, "on", NOW, "r"))).isEqualTo("REPORTED_BY_MISMATCH");
    assertThat(rule(status(DER, "on", NOW.plusSeconds(61), "r"))).isEqualTo("OBSERVED_IN_FUTURE");
    assertThat(rule(status(DER, " ", NOW, "r"))).isEqualTo("STATUS_INVALID");
    assertThat(rule(status(DER, "x".repeat(501), NOW, "r"))).isEqualTo("STATUS_INVALID");
    assertThat(rule(status(DER, "a\0b", NOW, "r"))).isEqualTo("STATUS_INVALID");
    assertThat(depot.projection()).isEmpty();
  }

  private String rule(RecordStatus status) {
    return ((Refused) depot.record(status)).rule();
  }

  @Test
  @Verifies("NFR-009")
  void pagesAndProjectionFollowFromTheHistoryAloneInWhateverOrderItCame() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 60; i++) {
      depot.record(
          status(
              random.nextBoolean() ? DER : WHOLE,
              "s" + random.nextInt(4),
              NOW.minusSeconds(random.nextInt(20)),
              random.nextBoolean() ? null : "r" + random.nextInt(30)));
      context.clock().leapSeconds(1);
    }

    for (UUID point : List.of(DER, WHOLE)) {
      List<StatusEvent> all = depot.events(point);
      List<StatusEvent> paged = new ArrayList<>();
      Optional<String> cursor = Optional.empty();
      do {
        HistoryReply.Page page = (HistoryReply.Page) depot.history(point, 7, cursor);
        paged.addAll(page.events());
        cursor = page.nextCursor();
      } while (cursor.isPresent());
      assertThat(paged)
          .isEqualTo(all)
          .isSortedAccordingTo((a, b) -> Cursor.of(b).compareTo(Cursor.of(a)));
      assertThat(depot.projection())
          .filteredOn(latest -> latest.controlPointId().equals(point))
          .extracting(StatusProjection::statusEventId)
          .containsExactly(all.getFirst().statusEventId());
    }
    assertThat(depot.history(DER, 7, Optional.of("garbage")))
        .isEqualTo(new HistoryReply.BadCursor("garbage"));
    assertThat(depot.history(new UUID(9, 9), 7, Optional.empty()))
        .isEqualTo(new HistoryReply.NotFound(new UUID(9, 9)));
  }
}
