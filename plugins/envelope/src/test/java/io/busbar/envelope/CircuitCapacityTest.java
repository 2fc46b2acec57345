package io.busbar.envelope;

import static io.busbar.envelope.Depot.CIRCUIT_ASSET;
import static io.busbar.envelope.Depot.NOW;
import static io.busbar.envelope.Depot.PARTNER;
import static io.busbar.envelope.Depot.SITE;
import static io.busbar.envelope.Depot.forecast;
import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.envelope.CircuitCapacity.Trigger;
import io.busbar.api.envelope.CircuitCapacityChanged;
import io.busbar.api.envelope.CircuitCapacityReply;
import io.busbar.api.envelope.EnvelopeAddresses;
import io.busbar.api.envelope.EnvelopeBlock;
import io.busbar.api.envelope.GetCircuitCapacity;
import io.busbar.api.envelope.OperatingEnvelope;
import io.busbar.api.envelope.OperatingEnvelope.Type;
import io.busbar.api.envelope.SubmitEnvelope;
import io.busbar.testkit.Verifies;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What feeder circuits are told, and when cycles are asked for. */
class CircuitCapacityTest extends EnvelopeFixture {

  private static final Instant IN_AN_HOUR = NOW.plusSeconds(3600);

  @Test
  @Verifies({"FR-028", "FR-029", "FR-033"})
  void theFeederCircuitIsToldAndACycleAskedForOnlyWhenItsCapacityChanges() {
    context.bus().forget();
    SubmitEnvelope submitted =
        Depot.envelope(
            Type.FORECAST,
            Optional.of(PARTNER),
            "f1",
            NOW,
            IN_AN_HOUR,
            new EnvelopeBlock(
                NOW,
                IN_AN_HOUR,
                OptionalInt.of(10_000),
                OptionalInt.of(60_000),
                OptionalInt.of(50_000)));
    OperatingEnvelope envelope = depot.accept(submitted);
    settle();

    assertThat(depot.capacity().effectiveCapacityWatts()).as("the target").isEqualTo(50_000);
    assertThat(depot.watts()).as("the maximum").hasValue(60_000);
    assertThat(depot.capacity().source()).isEqualTo("envelope:" + envelope.envelopeId());
    assertThat(context.bus().told(EnvelopeAddresses.CAPACITY_CHANGED))
        .singleElement()
        .extracting(
            CircuitCapacityChanged::circuitId,
            CircuitCapacityChanged::effectiveCapacityWatts,
            CircuitCapacityChanged::projectionTrigger)
        .containsExactly(CIRCUIT_ASSET, 50_000, Trigger.ENVELOPE_CHANGE);
    assertThat(context.bus().asked(BalancingAddresses.REBALANCE)).hasSize(1);

    depot.submit(submitted);
    depot.accept(forecast("other", NOW, IN_AN_HOUR, 90_000));
    settle();
    assertThat(context.bus().told(EnvelopeAddresses.CAPACITY_CHANGED)).hasSize(1);
    assertThat(context.bus().asked(BalancingAddresses.REBALANCE)).hasSize(1);

    leap(Duration.ofHours(1));
    assertThat(depot.capacity().effectiveCapacityWatts()).isEqualTo(100_000);
    assertThat(context.bus().told(EnvelopeAddresses.CAPACITY_CHANGED).getLast())
        .extracting(CircuitCapacityChanged::projectionTrigger)
        .isEqualTo(Trigger.ENVELOPE_LIFECYCLE);
    assertThat(context.bus().asked(BalancingAddresses.REBALANCE)).hasSize(2);
  }

  @Test
  @Verifies("FR-028")
  void theGuardCorrectsWhatDriftedAndNeverAsksForACycle() {
    depot.guard(NOW);
    depot.lower(70_000);
    context.bus().forget();

    Awaitility.await()
        .until(
            () -> {
              depot.guard(NOW);
              return depot.capacity().effectiveCapacityWatts() == 70_000;
            });

    settle();
    assertThat(context.bus().told(EnvelopeAddresses.CAPACITY_RECONCILED))
        .singleElement()
        .extracting(CircuitCapacityChanged::projectionTrigger)
        .isEqualTo(Trigger.REBALANCE_GUARD);
    assertThat(context.bus().told(EnvelopeAddresses.CAPACITY_CHANGED)).isEmpty();
    assertThat(context.bus().asked(BalancingAddresses.REBALANCE)).isEmpty();
  }

  @Test
  void aCircuitIsFoundByItsIdAndAStrangeOneIsNot() {
    UUID strange = UUID.randomUUID();
    assertThat(ask(strange)).isEqualTo(new CircuitCapacityReply.NotManaged(strange));
    assertThat(ask(CIRCUIT_ASSET))
        .isInstanceOfSatisfying(
            CircuitCapacityReply.Found.class,
            found -> assertThat(found.capacity().effectiveCapacityWatts()).isEqualTo(100_000));
  }

  private CircuitCapacityReply ask(UUID circuit) {
    return Depot.get(
        context
            .bus()
            .ask(
                EnvelopeAddresses.CIRCUIT_CAPACITY.at(SITE), new GetCircuitCapacity(circuit, NOW)));
  }
}
