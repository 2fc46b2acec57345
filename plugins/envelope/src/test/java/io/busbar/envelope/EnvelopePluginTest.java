package io.busbar.envelope;

import static io.busbar.envelope.Depot.FAIL_SAFE;
import static io.busbar.envelope.Depot.GRID;
import static io.busbar.envelope.Depot.NOW;
import static io.busbar.envelope.Depot.OTHER_PARTNER;
import static io.busbar.envelope.Depot.PARTNER;
import static io.busbar.envelope.Depot.SITE;
import static io.busbar.envelope.Depot.forecast;
import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.envelope.EffectiveLimit;
import io.busbar.api.envelope.EffectiveLimit.State;
import io.busbar.api.envelope.EnvelopeAddresses;
import io.busbar.api.envelope.EnvelopeBlock;
import io.busbar.api.envelope.EnvelopeEvaluated;
import io.busbar.api.envelope.EnvelopePageReply;
import io.busbar.api.envelope.EnvelopePageReply.Evaluation;
import io.busbar.api.envelope.EnvelopeReceived;
import io.busbar.api.envelope.EnvelopeSource.Health;
import io.busbar.api.envelope.GapPolicy;
import io.busbar.api.envelope.ListEnvelopes;
import io.busbar.api.envelope.OperatingEnvelope;
import io.busbar.api.envelope.OperatingEnvelope.Status;
import io.busbar.api.envelope.OperatingEnvelope.Type;
import io.busbar.api.envelope.SourceChanged;
import io.busbar.api.envelope.SourceReply;
import io.busbar.api.envelope.SubmitEnvelope;
import io.busbar.api.envelope.SubmitReply;
import io.busbar.api.envelope.WithdrawReply;
import io.busbar.api.topology.ControlPoint;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.testkit.Verifies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The plugin as others see it, keeping everything in memory. */
class EnvelopePluginTest extends EnvelopeFixture {

  private static final Instant IN_AN_HOUR = NOW.plusSeconds(3600);

  @Test
  @Verifies({"FR-026", "NFR-010"})
  void anEnvelopeIsTakenOnceHoweverOftenItComes() {
    OperatingEnvelope first = depot.accept(forecast("f1", NOW, IN_AN_HOUR, 60_000));

    SubmitReply again = depot.submit(forecast("f1", NOW, IN_AN_HOUR, 60_000));

    assertThat(again).isEqualTo(new SubmitReply.Accepted(first, true));
    assertThat(first.status()).isEqualTo(Status.ACTIVE);
    assertThat(depot.watts()).hasValue(60_000);
    settle();
    assertThat(context.bus().told(EnvelopeAddresses.RECEIVED))
        .singleElement()
        .extracting(EnvelopeReceived::envelopeId, EnvelopeReceived::actor)
        .containsExactly(first.envelopeId(), "partner");
  }

  @Test
  @Verifies({"FR-032", "NFR-011"})
  void itsLifeIsPendingThenActiveThenExpiredEachAtItsInstant() {
    Instant from = NOW.plusSeconds(60);
    Instant middle = NOW.plusSeconds(120);
    Instant to = NOW.plusSeconds(180);
    OperatingEnvelope envelope =
        depot.accept(
            Depot.envelope(
                Type.FORECAST,
                Optional.of(PARTNER),
                "f1",
                from,
                to,
                EnvelopeBlock.max(from, middle, 60_000),
                EnvelopeBlock.max(middle, to, 50_000)));
    assertThat(envelope.status()).isEqualTo(Status.PENDING);
    assertThat(depot.watts()).isEmpty();

    leap(Duration.ofSeconds(60));
    assertThat(depot.watts()).hasValue(60_000);
    leap(Duration.ofSeconds(60));
    assertThat(depot.watts()).hasValue(50_000);
    leap(Duration.ofSeconds(60));
    assertThat(depot.watts()).isEmpty();

    assertThat(depot.entry(envelope.envelopeId()).lifecycle())
        .containsExactly(
            new Evaluation(from, Status.ACTIVE),
            new Evaluation(middle, Status.ACTIVE),
            new Evaluation(to, Status.EXPIRED));
    assertThat(context.bus().told(EnvelopeAddresses.EVALUATED))
        .extracting(EnvelopeEvaluated::evaluatedAt)
        .containsExactly(from, middle, to);
  }

  @Test
  @Verifies("NFR-010")
  void otherContentUnderTheSameReferenceTakesOverWhatItOverlaps() {
    OperatingEnvelope old = depot.accept(forecast("f1", NOW, NOW.plusSeconds(300), 60_000));

    OperatingEnvelope next =
        depot.accept(forecast("f1", NOW.plusSeconds(100), NOW.plusSeconds(200), 40_000));

    assertThat(next.envelopeId()).isNotEqualTo(old.envelopeId());
    assertThat(depot.watts()).hasValue(60_000);
    leap(Duration.ofSeconds(100));
    assertThat(depot.watts()).hasValue(40_000);
    leap(Duration.ofSeconds(100));
    assertThat(depot.watts()).as("the rest of the old one").hasValue(60_000);
    leap(Duration.ofSeconds(100));
    assertThat(depot.watts()).isEmpty();
    assertThat(depot.entry(old.envelopeId()).envelope().blocks())
        .containsExactly(
            EnvelopeBlock.max(NOW, NOW.plusSeconds(100), 60_000),
            EnvelopeBlock.max(NOW.plusSeconds(200), NOW.plusSeconds(300), 60_000));
  }

  @Test
  void whatIsTakenOverWhollyIsWithdrawnInTheSameMoment() {
    OperatingEnvelope old = depot.accept(forecast("f1", NOW, NOW.plusSeconds(300), 60_000));

    depot.accept(forecast("f1", NOW, NOW.plusSeconds(400), 70_000));

    assertThat(depot.entry(old.envelopeId()).envelope().status()).isEqualTo(Status.WITHDRAWN);
    assertThat(depot.watts()).hasValue(70_000);
  }

  @Test
  @Verifies({"FR-026", "NFR-010"})
  void aBrokenRuleIsAnsweredKeptAndToldOnce() {
    SubmitEnvelope past = forecast("f1", NOW.minusSeconds(60), NOW, 1);

    SubmitReply.Rejected rejected = (SubmitReply.Rejected) depot.submit(past);
    SubmitReply.Rejected again = (SubmitReply.Rejected) depot.submit(past);

    assertThat(rejected.reasonCode()).isEqualTo("WINDOW_PAST");
    assertThat(again.envelope()).isEqualTo(rejected.envelope());
    settle();
    assertThat(depot.entry(rejected.envelope().envelopeId()).rejectedFor().orElseThrow())
        .startsWith("WINDOW_PAST: effective_to 2026-03-02T10:00:00Z");
    assertThat(context.bus().told(EnvelopeAddresses.RECEIVED))
        .singleElement()
        .satisfies(event -> assertThat(event.rejectedFor()).isPresent());
    assertThat(depot.watts()).isEmpty();
  }

  @Test
  void aWithdrawnOneCountsNoMoreAndAStrangeOneIsUnknown() {
    OperatingEnvelope envelope = depot.accept(forecast("f1", NOW, IN_AN_HOUR, 60_000));

    assertThat(((WithdrawReply.Withdrawn) depot.withdraw(envelope.envelopeId())).envelope())
        .extracting(OperatingEnvelope::status)
        .isEqualTo(Status.WITHDRAWN);
    assertThat(depot.watts()).isEmpty();
    UUID strange = UUID.randomUUID();
    assertThat(depot.withdraw(strange)).isEqualTo(new WithdrawReply.NotFound(strange));
  }

  @Test
  @Verifies("FR-030")
  void aLimitWithoutEndHoldsUntilItIsWithdrawn() {
    SubmitEnvelope endless =
        new SubmitEnvelope(
            SITE,
            GRID,
            Optional.empty(),
            Type.OVERRIDE,
            ConstraintType.CONSUMPTION_CAP,
            NOW,
            Optional.empty(),
            true,
            "o1",
            List.of(EnvelopeBlock.max(NOW, SubmitEnvelope.NO_END, 20_000)),
            "dana",
            "c");
    OperatingEnvelope envelope = depot.accept(endless);

    leap(Duration.ofDays(40));

    assertThat(depot.watts()).hasValue(20_000);
    depot.withdraw(envelope.envelopeId());
    assertThat(depot.watts()).isEmpty();
  }

  @Test
  @Verifies({"FR-030", "OS-08"})
  void aSourceThatFallsSilentLeavesTheFailSafeCapacityAndThatEndsWhenItIsBack() {
    depot.report(PARTNER, true, NOW, Duration.ofSeconds(90), GapPolicy.CIRCUIT_DEFAULT);
    depot.accept(forecast("f1", NOW, NOW.plus(Duration.ofDays(1)), 60_000));

    leap(Duration.ofSeconds(89));
    assertThat(depot.watts()).hasValue(60_000);
    leap(Duration.ofSeconds(1));
    assertThat(depot.watts()).as("stale").hasValue(FAIL_SAFE);
    depot.report(PARTNER, true, context.clock().instant(), null, null);
    assertThat(depot.watts()).as("back").hasValue(60_000);
    depot.report(PARTNER, false, context.clock().instant(), null, null);
    assertThat(depot.watts()).as("offline").hasValue(FAIL_SAFE);

    settle();
    assertThat(context.bus().told(EnvelopeAddresses.SOURCE_CHANGED))
        .extracting(SourceChanged::source)
        .extracting(source -> source.health())
        .containsExactly(Health.ONLINE, Health.STALE, Health.ONLINE, Health.OFFLINE);
  }

  @Test
  void aSourceThatIsSwitchedOffHasNoSayUntilItIsOnAgain() {
    depot.accept(forecast("f1", NOW, NOW.plus(Duration.ofDays(1)), 60_000));
    depot.report(PARTNER, false, NOW, null, null);
    assertThat(depot.watts()).hasValue(FAIL_SAFE);

    depot.set(Depot.point(PARTNER, GRID, ControlPoint.State.disabled));
    settle();
    assertThat(depot.watts()).isEmpty();

    depot.set(Depot.point(PARTNER, GRID));
    settle();
    assertThat(depot.watts()).hasValue(FAIL_SAFE);
  }

  @Test
  void aSourceThatNeverSaidAnythingIsUnknownAndSoIsTheLimit() {
    depot.report(OTHER_PARTNER, false, NOW, null, null);

    EffectiveLimit limit = depot.look().limits().getFirst();

    assertThat(limit.limitWatts()).as("what the connector falls back to").isEqualTo(1_400);
    assertThat(limit.constraintRef()).isEqualTo("fail-safe:" + OTHER_PARTNER);
    assertThat(limit.sources().getFirst().state()).isEqualTo(State.UNKNOWN);
  }

  @Test
  void everySourceIsShownByItselfAndTheSmallestCounts() {
    depot.accept(forecast("f1", NOW, IN_AN_HOUR, 60_000));
    depot.accept(
        Depot.envelope(Type.FORECAST, Optional.of(OTHER_PARTNER), "f1", NOW, IN_AN_HOUR, 70_000));
    depot.accept(Depot.envelope(Type.OVERRIDE, Optional.empty(), "o1", NOW, IN_AN_HOUR, 80_000));

    EffectiveLimit limit =
        depot.look().limits().stream().filter(l -> l.nodeId().equals(GRID)).findFirst().get();

    assertThat(limit.sources())
        .extracting(EffectiveLimit.NamedLimit::limitWatts)
        .containsExactly(OptionalInt.of(60_000), OptionalInt.of(70_000), OptionalInt.of(80_000));
    assertThat(limit.limitWatts()).isEqualTo(60_000);
  }

  @Test
  void aReportAboutAStrangeControlPointIsRefused() {
    assertThat(depot.report(new UUID(9, 9), true, NOW, null, null))
        .isInstanceOfSatisfying(
            SourceReply.Refused.class,
            refused -> assertThat(refused.reasonCode()).isEqualTo("UNKNOWN_CONTROL_POINT"));
    assertThat(depot.report(PARTNER, true, NOW, Duration.ZERO, null))
        .isInstanceOfSatisfying(
            SourceReply.Refused.class,
            refused -> assertThat(refused.reasonCode()).isEqualTo("STALE_AFTER_INVALID"));
  }

  @Test
  void pagesFollowEachOtherAndAStrangeCursorIsRefused() {
    for (int i = 0; i < 5; i++) {
      depot.accept(forecast("f" + i, NOW, IN_AN_HOUR, 60_000 + i));
      context.clock().leapSeconds(1);
    }
    settle();

    EnvelopePageReply.Page first = (EnvelopePageReply.Page) page(3, Optional.empty());
    EnvelopePageReply.Page second = (EnvelopePageReply.Page) page(3, first.nextCursor());

    assertThat(first.envelopes())
        .extracting(e -> e.envelope().sourceRef())
        .containsExactly("f4", "f3", "f2");
    assertThat(second.envelopes())
        .extracting(e -> e.envelope().sourceRef())
        .containsExactly("f1", "f0");
    assertThat(second.nextCursor()).isEmpty();
    assertThat(page(3, Optional.of("!"))).isEqualTo(new EnvelopePageReply.BadCursor("!"));
  }

  private EnvelopePageReply page(int limit, Optional<String> cursor) {
    return Depot.get(
        context
            .bus()
            .ask(
                EnvelopeAddresses.LIST.at(SITE),
                new ListEnvelopes(Optional.of(GRID), Set.of(Status.ACTIVE), limit, cursor)));
  }
}
