package io.busbar.web;

import io.busbar.api.Bus;
import io.busbar.api.envelope.CircuitCapacity;
import io.busbar.api.envelope.CircuitCapacityList;
import io.busbar.api.envelope.EffectiveLimits;
import io.busbar.api.envelope.EnvelopeAddresses;
import io.busbar.api.envelope.EnvelopePageReply;
import io.busbar.api.envelope.EnvelopePageReply.Entry;
import io.busbar.api.envelope.GetEffectiveLimits;
import io.busbar.api.envelope.ListCircuitCapacities;
import io.busbar.api.envelope.ListEnvelopes;
import io.busbar.api.envelope.ListProofs;
import io.busbar.api.envelope.ListSources;
import io.busbar.api.envelope.OperatingEnvelope.Status;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Envelopes and what they make of limits; only read here: protocol adapters submit by bus. */
final class EnvelopeOperations {

  private static final int SHOWN = 100;

  private final Bus bus;

  EnvelopeOperations(Bus bus, Operations operations) {
    this.bus = bus;
    operations.answers("listEnvelopes", this::envelopes);
    operations.answers(
        "getEffectiveLimits",
        ask ->
            there(
                bus.ask(
                    EnvelopeAddresses.EFFECTIVE.at(ask.microgridId()),
                    new GetEffectiveLimits(Optional.empty()))));
    operations.answers(
        "listEnvelopeSources",
        ask -> there(bus.ask(EnvelopeAddresses.SOURCES.at(ask.microgridId()), new ListSources())));
    operations.answers("listProofs", this::proofs);
  }

  private static <T> Future<T> there(Future<T> reply) {
    return Optionally.orNotFound(reply, "no such microgrid, or the envelope plugin is not running");
  }

  private Future<?> envelopes(Ask ask) {
    Set<Status> statuses =
        ask.queryList("status").stream()
            .map(name -> Ask.read("status", name, "a status of envelopes", Status::valueOf))
            .collect(Collectors.toSet());
    ListEnvelopes question =
        new ListEnvelopes(ask.queryId("node_id"), statuses, ask.limit(), ask.query("cursor"));
    return there(bus.ask(EnvelopeAddresses.LIST.at(ask.microgridId()), question))
        .map(
            reply ->
                switch (reply) {
                  case EnvelopePageReply.Page page -> page;
                  case EnvelopePageReply.BadCursor bad ->
                      throw new ApiError(400, "BAD_REQUEST", "cursor: expected one from a page");
                });
  }

  private Future<?> proofs(Ask ask) {
    ListProofs question = new ListProofs(ask.queryTime("from"), ask.queryTime("to"), ask.limit());
    return there(bus.ask(EnvelopeAddresses.PROOFS.at(ask.microgridId()), question));
  }

  /** What outside constraints bound; nothing without the plugin. */
  static Future<EffectiveLimits> effective(Bus bus, UUID microgridId) {
    return Optionally.orElse(
        bus.ask(
            EnvelopeAddresses.EFFECTIVE.at(microgridId), new GetEffectiveLimits(Optional.empty())),
        EffectiveLimits.none(microgridId, Instant.EPOCH));
  }

  /** Active envelopes, those received last first; none without the plugin. */
  static Future<List<Entry>> active(Bus bus, UUID microgridId) {
    ListEnvelopes question =
        new ListEnvelopes(Optional.empty(), Set.of(Status.ACTIVE), SHOWN, Optional.empty());
    return Optionally.orElse(
            bus.ask(EnvelopeAddresses.LIST.at(microgridId), question),
            new EnvelopePageReply.Page(List.of(), Optional.empty()))
        .map(
            reply ->
                switch (reply) {
                  case EnvelopePageReply.Page page -> page.envelopes();
                  case EnvelopePageReply.BadCursor bad ->
                      throw new IllegalStateException("no cursor was given: " + bad);
                });
  }

  /** What feeder circuits can carry; nothing without the plugin. */
  static Future<List<CircuitCapacity>> capacities(Bus bus, UUID microgridId) {
    return Optionally.orElse(
            bus.ask(
                EnvelopeAddresses.CIRCUIT_CAPACITIES.at(microgridId), new ListCircuitCapacities()),
            new CircuitCapacityList(List.of()))
        .map(CircuitCapacityList::capacities);
  }
}
