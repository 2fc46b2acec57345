package io.busbar.envelope;

import io.busbar.api.Bus;
import io.busbar.api.PluginContext;
import io.busbar.api.envelope.CircuitCapacityList;
import io.busbar.api.envelope.CircuitCapacityReply;
import io.busbar.api.envelope.EffectiveLimits;
import io.busbar.api.envelope.EnvelopeAddresses;
import io.busbar.api.envelope.EnvelopeSource;
import io.busbar.api.envelope.GetCircuitCapacity;
import io.busbar.api.envelope.GetEffectiveLimits;
import io.busbar.api.envelope.ProofList;
import io.busbar.api.envelope.ReportSource;
import io.busbar.api.envelope.SourceList;
import io.busbar.api.envelope.SourceReply;
import io.busbar.api.envelope.SubmitEnvelope;
import io.busbar.api.envelope.SubmitReply;
import io.busbar.api.envelope.Targets;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Answers for one site. */
final class Answers {

  private final PluginContext context;
  private final UUID microgridId;
  private final Views views;
  private final Desk desk;
  private final Projector projector;
  private final EnvelopeStore store;
  private final Books books;

  Answers(
      PluginContext context,
      UUID microgridId,
      Views views,
      Desk desk,
      Projector projector,
      EnvelopeStore store,
      Books books) {
    this.context = context;
    this.microgridId = microgridId;
    this.views = views;
    this.desk = desk;
    this.projector = projector;
    this.store = store;
    this.books = books;
  }

  void register(Bus bus) {
    bus.answerLater(EnvelopeAddresses.SUBMIT.at(microgridId), this::submit);
    bus.answerLater(
        EnvelopeAddresses.WITHDRAW.at(microgridId), asked -> desk.withdraw(microgridId, asked));
    bus.answerLater(EnvelopeAddresses.REPORT_SOURCE.at(microgridId), this::report);
    bus.answer(EnvelopeAddresses.SOURCES.at(microgridId), question -> sources());
    bus.answer(EnvelopeAddresses.EFFECTIVE.at(microgridId), this::effective);
    bus.answer(
        EnvelopeAddresses.LIST.at(microgridId), question -> store.page(microgridId, question));
    bus.answer(EnvelopeAddresses.TARGETS.at(microgridId), question -> targets());
    bus.answer(EnvelopeAddresses.CIRCUIT_CAPACITY.at(microgridId), this::capacity);
    bus.answer(
        EnvelopeAddresses.CIRCUIT_CAPACITIES.at(microgridId),
        question -> new CircuitCapacityList(projector.capacities(view())));
    bus.answer(
        EnvelopeAddresses.PROOFS.at(microgridId),
        question -> new ProofList(store.proofs(microgridId, question)));
  }

  private SiteView view() {
    return views.known().get(microgridId);
  }

  private Future<SubmitReply> submit(SubmitEnvelope submitted) {
    if (!submitted.microgridId().equals(microgridId)) {
      throw new IllegalArgumentException(
          "microgrid_id %s: was sent to %s".formatted(submitted.microgridId(), microgridId));
    }
    return views
        .knowing(microgridId, submitted.nodeId())
        .compose(
            view ->
                submitted
                    .originControlPointId()
                    .map(id -> views.knowing(microgridId, id))
                    .orElseGet(() -> Future.succeededFuture(view)))
        .compose(view -> desk.submit(submitted, view));
  }

  private Future<SourceReply> report(ReportSource report) {
    return views
        .knowing(microgridId, report.controlPointId())
        .compose(view -> desk.report(report, view));
  }

  private SourceList sources() {
    Instant now = context.clock().instant();
    return new SourceList(
        projector.sources(microgridId).stream()
            .map(
                source ->
                    Source.health(source, now) == EnvelopeSource.Health.STALE
                        ? Source.stale(source)
                        : source)
            .toList());
  }

  private EffectiveLimits effective(GetEffectiveLimits question) {
    Optional<Instant> guard = question.guardAt();
    return guard.isPresent()
        ? projector.guard(view(), guard.get())
        : projector.look(view(), context.clock().instant());
  }

  private Targets targets() {
    return new Targets(
        books.of(microgridId).live().stream()
            .map(kept -> kept.envelope().nodeId())
            .collect(Collectors.toSet()));
  }

  private CircuitCapacityReply capacity(GetCircuitCapacity question) {
    projector.guard(view(), question.occurredAt());
    return projector
        .capacity(question.circuitId())
        .filter(capacity -> capacity.microgridId().equals(microgridId))
        .<CircuitCapacityReply>map(CircuitCapacityReply.Found::new)
        .orElseGet(() -> new CircuitCapacityReply.NotManaged(question.circuitId()));
  }
}
