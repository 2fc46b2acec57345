package io.busbar.api.envelope;

import io.busbar.api.Request;
import io.busbar.api.Topic;
import java.time.Duration;

/**
 * Limits from outside: protocol adapters submit envelopes and say how their partner is; balancing
 * asks what holds now. Nothing here knows any protocol. All keyed by {@code microgrid_id}. Since
 * 0.1.
 */
public interface EnvelopeAddresses {

  /** Submits an envelope. Stored before it is answered; told as {@link #RECEIVED}. */
  Request<SubmitEnvelope, SubmitReply> SUBMIT =
      Request.of("envelope.submit.v1", SubmitEnvelope.class, SubmitReply.class)
          .within(Duration.ofSeconds(15));

  /** Ends an envelope before its time. Stored before it is answered. */
  Request<WithdrawEnvelope, WithdrawReply> WITHDRAW =
      Request.of("envelope.withdraw.v1", WithdrawEnvelope.class, WithdrawReply.class)
          .within(Duration.ofSeconds(15));

  /** Says how a source is: a sign of life, or that it is gone. */
  Request<ReportSource, SourceReply> REPORT_SOURCE =
      Request.of("envelope.report_source.v1", ReportSource.class, SourceReply.class)
          .within(Duration.ofSeconds(15));

  /** All sources and how they are. */
  Request<ListSources, SourceList> SOURCES =
      Request.of("envelope.sources.v1", ListSources.class, SourceList.class);

  /** What outside constraints bound now; asked at the start of every cycle. From memory. */
  Request<GetEffectiveLimits, EffectiveLimits> EFFECTIVE =
      Request.of("envelope.effective.v1", GetEffectiveLimits.class, EffectiveLimits.class)
          .within(Duration.ofSeconds(1));

  /** Envelopes with their life so far. */
  Request<ListEnvelopes, EnvelopePageReply> LIST =
      Request.of("envelope.list.v1", ListEnvelopes.class, EnvelopePageReply.class);

  /** Nodes that envelopes bound, now or later. */
  Request<GetTargets, Targets> TARGETS =
      Request.of("envelope.targets.v1", GetTargets.class, Targets.class)
          .within(Duration.ofSeconds(1));

  /** What one feeder circuit can carry now ({@code get_effective_circuit_capacity}). */
  Request<GetCircuitCapacity, CircuitCapacityReply> CIRCUIT_CAPACITY =
      Request.of(
          "envelope.circuit_capacity.v1", GetCircuitCapacity.class, CircuitCapacityReply.class);

  /** What all feeder circuits can carry, as computed last. */
  Request<ListCircuitCapacities, CircuitCapacityList> CIRCUIT_CAPACITIES =
      Request.of(
          "envelope.circuit_capacities.v1", ListCircuitCapacities.class, CircuitCapacityList.class);

  /** How limits from outside were kept. */
  Request<ListProofs, ProofList> PROOFS =
      Request.of("envelope.proofs.v1", ListProofs.class, ProofList.class);

  /** An envelope was taken, or kept as rejected. */
  Topic<EnvelopeReceived> RECEIVED =
      Topic.of("microgrid.operating_envelope_received.v1", EnvelopeReceived.class);

  /** An envelope reached a boundary; each once, in the order of boundaries. */
  Topic<EnvelopeEvaluated> EVALUATED =
      Topic.of("microgrid.operating_envelope_lifecycle_evaluated.v1", EnvelopeEvaluated.class);

  /** A source is better or worse than before. */
  Topic<SourceChanged> SOURCE_CHANGED = Topic.of("envelope.source_changed.v1", SourceChanged.class);

  /** An envelope or the passing of time changed what a circuit can carry; a cycle is asked for. */
  Topic<CircuitCapacityChanged> CAPACITY_CHANGED =
      Topic.of("compatibility.effective_circuit_capacity_changed.v1", CircuitCapacityChanged.class);

  /** The guard of a cycle found that a circuit can carry something else; nothing is asked for. */
  Topic<CircuitCapacityChanged> CAPACITY_RECONCILED =
      Topic.of(
          "compatibility.effective_circuit_capacity_reconciled.v1", CircuitCapacityChanged.class);
}
