package io.busbar.envelope;

import io.busbar.api.envelope.CircuitCapacity;
import io.busbar.api.envelope.CircuitCapacity.Trigger;
import io.busbar.api.envelope.CircuitCapacityChanged;
import io.busbar.api.envelope.EnvelopeAddresses;
import io.busbar.api.envelope.EnvelopeEvaluated;
import io.busbar.api.envelope.EnvelopeReceived;
import io.busbar.api.envelope.EnvelopeSource;
import io.busbar.api.envelope.OperatingEnvelope;
import io.busbar.api.envelope.SourceChanged;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** Makes what this plugin tells. The same happening has the same id, whenever it is noticed. */
final class Events {

  /** Who acts where nobody asked: the passing of time. */
  static final String ITSELF = "envelope";

  private Events() {}

  static UUID id(Object... parts) {
    StringBuilder text = new StringBuilder();
    for (Object part : parts) {
      text.append(part).append('\n');
    }
    return UUID.nameUUIDFromBytes(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  static Telling<EnvelopeReceived> received(Kept kept) {
    OperatingEnvelope envelope = kept.envelope();
    UUID eventId = id("received", envelope.envelopeId());
    EnvelopeReceived event =
        new EnvelopeReceived(
            eventId,
            envelope.receivedAt(),
            kept.actor(),
            kept.correlationId(),
            envelope.envelopeId(),
            envelope.microgridId(),
            envelope.originControlPointId(),
            envelope.nodeId(),
            envelope.constraintType(),
            envelope.effectiveFrom(),
            envelope.effectiveTo(),
            envelope.sourceRef(),
            kept.rejectedFor());
    return new Telling<>(
        EnvelopeAddresses.RECEIVED.at(envelope.microgridId()),
        event,
        eventId,
        envelope.receivedAt(),
        kept.actor(),
        kept.correlationId());
  }

  /**
   * An envelope became what it is.
   *
   * @param boundary the instant at which it did
   */
  static Telling<EnvelopeEvaluated> evaluated(
      Kept kept, Instant boundary, Instant now, String actor, String correlationId) {
    OperatingEnvelope envelope = kept.envelope();
    UUID eventId = id("evaluated", envelope.envelopeId(), boundary, envelope.status());
    EnvelopeEvaluated event =
        new EnvelopeEvaluated(
            eventId,
            now,
            actor,
            correlationId,
            envelope.envelopeId(),
            envelope.microgridId(),
            envelope.originControlPointId(),
            envelope.nodeId(),
            envelope.status(),
            boundary);
    return new Telling<>(
        EnvelopeAddresses.EVALUATED.at(envelope.microgridId()),
        event,
        eventId,
        now,
        actor,
        correlationId);
  }

  /**
   * A source changed.
   *
   * @param at the instant at which it did
   */
  static Telling<SourceChanged> changed(
      EnvelopeSource source, Instant at, Instant now, String actor, String correlationId) {
    UUID eventId = id("source", source.controlPointId(), source.health(), source, at);
    SourceChanged event =
        new SourceChanged(eventId, now, actor, correlationId, source.microgridId(), source);
    return new Telling<>(
        EnvelopeAddresses.SOURCE_CHANGED.at(source.microgridId()),
        event,
        eventId,
        now,
        actor,
        correlationId);
  }

  static Telling<CircuitCapacityChanged> capacity(
      CircuitCapacity capacity, String actor, String correlationId) {
    UUID eventId = UUID.randomUUID();
    CircuitCapacityChanged event =
        new CircuitCapacityChanged(
            eventId,
            capacity.computedAt(),
            actor,
            correlationId,
            capacity.microgridId(),
            capacity.nodeId(),
            capacity.circuitId(),
            capacity.effectiveCapacityWatts(),
            capacity.trigger());
    boolean reconciled = capacity.trigger() == Trigger.REBALANCE_GUARD;
    return new Telling<>(
        (reconciled ? EnvelopeAddresses.CAPACITY_RECONCILED : EnvelopeAddresses.CAPACITY_CHANGED)
            .at(capacity.microgridId()),
        event,
        eventId,
        capacity.computedAt(),
        actor,
        correlationId);
  }
}
