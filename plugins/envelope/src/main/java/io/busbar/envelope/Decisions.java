package io.busbar.envelope;

import io.busbar.api.envelope.CircuitCapacity;
import io.busbar.api.envelope.EnvelopeSource;
import io.busbar.api.envelope.EnvelopeSource.Health;
import io.busbar.api.envelope.OperatingEnvelope.Status;
import io.busbar.api.envelope.ReportSource;
import io.busbar.api.envelope.SourceReply;
import io.busbar.api.envelope.SubmitEnvelope;
import io.busbar.api.envelope.SubmitReply;
import io.busbar.api.envelope.WithdrawEnvelope;
import io.busbar.api.envelope.WithdrawReply;
import io.busbar.envelope.Rules.Rejection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What comes of each piece of work, given all that was decided before it. */
final class Decisions {

  private final Defaults defaults;
  private final Batch batch;
  private final Instant now;

  Decisions(Defaults defaults, Batch batch, Instant now) {
    this.defaults = defaults;
    this.batch = batch;
    this.now = now;
  }

  SubmitReply submit(SubmitEnvelope submitted, SiteView site) {
    Kept.Key key = Submission.key(submitted);
    UUID content = Submission.content(submitted);
    Optional<Kept> newest = batch.newest(key);
    Optional<Kept> same = newest.filter(kept -> kept.content().equals(content));
    if (same.isPresent() && same.get().rejectedFor().isEmpty()) {
      seen(submitted);
      return new SubmitReply.Accepted(same.get().envelope(), true);
    }
    Optional<Rejection> broken = Rules.broken(submitted, site, now);
    int revision = newest.map(Kept::revision).orElse(0) + 1;
    if (broken.isPresent()) {
      return rejected(submitted, broken.get(), same, revision);
    }
    Kept kept = Submission.accepted(submitted, revision, now);
    batch.tell(Events.received(kept));
    takeOver(kept);
    batch.put(kept);
    if (kept.envelope().status() == Status.ACTIVE) {
      batch.tell(Events.evaluated(kept, now, now, kept.actor(), kept.correlationId()));
    }
    seen(submitted);
    batch.touched(submitted.microgridId());
    return new SubmitReply.Accepted(kept.envelope(), false);
  }

  /** The same that was rejected for the same reason is the same. */
  private SubmitReply rejected(
      SubmitEnvelope submitted, Rejection rejection, Optional<Kept> same, int revision) {
    String reason = rejection.reasonCode() + ": " + rejection.message();
    Kept kept =
        same.filter(before -> before.rejectedFor().orElse("").startsWith(rejection.reasonCode()))
            .orElseGet(
                () -> {
                  Kept fresh = Submission.rejected(submitted, reason, revision, now);
                  batch.put(fresh);
                  batch.tell(Events.received(fresh));
                  return fresh;
                });
    return new SubmitReply.Rejected(
        kept.envelope(), rejection.reasonCode(), rejection.message(), rejection.details());
  }

  /** What was before under the same reference no longer counts where this one does. */
  private void takeOver(Kept next) {
    Instant from = next.envelope().effectiveFrom();
    Instant begin = from.isAfter(now) ? from : now;
    Instant end = next.envelope().effectiveTo().orElse(Rules.NO_END);
    for (Kept before : batch.live(next.key())) {
      Kept rest = before.without(begin, end, now);
      batch.put(rest);
      if (!rest.isLive()) {
        batch.tell(Events.evaluated(rest, now, now, next.actor(), next.correlationId()));
      }
    }
  }

  private void seen(SubmitEnvelope submitted) {
    submitted
        .originControlPointId()
        .ifPresent(
            id -> {
              EnvelopeSource before = source(submitted.microgridId(), id);
              change(
                  before, Source.seen(before, now), submitted.actor(), submitted.correlationId());
            });
  }

  private EnvelopeSource source(UUID microgridId, UUID controlPointId) {
    return batch
        .source(microgridId, controlPointId)
        .orElseGet(
            () ->
                Source.unheard(
                    microgridId, controlPointId, defaults.staleAfter(), defaults.gapPolicy()));
  }

  private void change(
      EnvelopeSource before, EnvelopeSource after, String actor, String correlationId) {
    if (!after.equals(before)) {
      batch.put(after);
    }
    boolean matters =
        after.health() != Source.health(before, now)
            || after.health() != before.health()
            || after.gapPolicy() != before.gapPolicy()
            || !after.staleAfter().equals(before.staleAfter());
    if (matters) {
      batch.tell(Events.changed(after, now, now, actor, correlationId));
      batch.touched(after.microgridId());
    }
  }

  SourceReply report(ReportSource report, SiteView site) {
    if (site.controlPoint(report.controlPointId()).isEmpty()) {
      return new SourceReply.Refused(
          "UNKNOWN_CONTROL_POINT",
          "microgrid %s has no control point %s".formatted(site.id(), report.controlPointId()));
    }
    if (report.staleAfter().filter(after -> !after.isPositive()).isPresent()) {
      return new SourceReply.Refused(
          "STALE_AFTER_INVALID", "stale_after: expected more than 0, was " + report.staleAfter());
    }
    boolean known = batch.source(site.id(), report.controlPointId()).isPresent();
    EnvelopeSource before = source(site.id(), report.controlPointId());
    EnvelopeSource after = Source.reported(before, report);
    if (!known) {
      batch.put(after);
      batch.touched(site.id());
    }
    change(before, after, report.actor(), report.correlationId());
    return new SourceReply.Known(after);
  }

  WithdrawReply withdraw(UUID microgridId, WithdrawEnvelope asked) {
    Optional<Kept> found = batch.find(microgridId, asked.envelopeId());
    if (found.isEmpty()) {
      return new WithdrawReply.NotFound(asked.envelopeId());
    }
    Kept withdrawn = found.get();
    if (withdrawn.isLive()) {
      withdrawn = withdrawn.withdrawn(now);
      batch.put(withdrawn);
      batch.tell(Events.evaluated(withdrawn, now, now, asked.actor(), asked.correlationId()));
      batch.touched(microgridId);
    }
    return new WithdrawReply.Withdrawn(withdrawn.envelope());
  }

  /** Takes boundaries that were reached, in order, at most so many. */
  void tick(Books books, int most) {
    for (int i = 0; i < most; i++) {
      Optional<Books.Due> due = books.poll(now);
      if (due.isEmpty()) {
        return;
      }
      if (due.get().source()) {
        silence(due.get());
      } else {
        boundary(books, due.get());
      }
    }
  }

  private void boundary(Books books, Books.Due due) {
    Optional<Kept> kept =
        batch
            .find(due.microgridId(), due.id())
            .filter(found -> found.nextBoundary().filter(due.at()::equals).isPresent());
    if (kept.isPresent()) {
      Kept reached = kept.get().reached(due.at());
      batch.put(reached);
      batch.aged(due.microgridId());
      batch.tell(Events.evaluated(reached, due.at(), now, Events.ITSELF, reached.correlationId()));
      books.expect(reached);
    }
  }

  private void silence(Books.Due due) {
    batch
        .source(due.microgridId(), due.id())
        .filter(source -> source.health() == Health.ONLINE)
        .filter(source -> Source.staleAt(source).filter(due.at()::equals).isPresent())
        .map(Source::stale)
        .ifPresent(
            stale -> {
              batch.put(stale);
              batch.aged(due.microgridId());
              batch.tell(Events.changed(stale, due.at(), now, Events.ITSELF, due.id().toString()));
            });
  }

  void project(List<CircuitCapacity> capacities, String actor, String correlationId) {
    for (CircuitCapacity capacity : capacities) {
      batch.put(capacity);
      batch.tell(Events.capacity(capacity, actor, correlationId));
    }
  }
}
