package io.busbar.oscp;

import io.busbar.api.Bus;
import io.busbar.api.Registration;
import io.busbar.api.envelope.EnvelopeAddresses;
import io.busbar.api.envelope.EnvelopeBlock;
import io.busbar.api.envelope.EnvelopePageReply;
import io.busbar.api.envelope.EnvelopeSource;
import io.busbar.api.envelope.GapPolicy;
import io.busbar.api.envelope.OperatingEnvelope;
import io.busbar.api.envelope.OperatingEnvelope.Status;
import io.busbar.api.envelope.OperatingEnvelope.Type;
import io.busbar.api.envelope.ReportSource;
import io.busbar.api.envelope.SourceReply;
import io.busbar.api.envelope.SubmitEnvelope;
import io.busbar.api.envelope.SubmitReply;
import io.busbar.api.envelope.WithdrawEnvelope;
import io.busbar.api.envelope.WithdrawReply;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Plays the envelope plugin for one source, by the rules of its README. */
final class FakeEnvelopes {

  static final int FAIL_SAFE = 30_000;

  private final Bus bus;
  private final Clock clock;
  private final UUID site;
  private final List<SubmitEnvelope> taken = new ArrayList<>();
  private final List<UUID> ids = new ArrayList<>();
  private final List<UUID> withdrawn = new ArrayList<>();
  private final List<ReportSource> reports = new ArrayList<>();
  private List<Registration> answers = List.of();
  private boolean online;
  private GapPolicy gapPolicy = GapPolicy.CIRCUIT_DEFAULT;

  FakeEnvelopes(Bus bus, Clock clock, UUID site) {
    this.bus = bus;
    this.clock = clock;
    this.site = site;
    come();
  }

  void come() {
    answers =
        List.of(
            bus.answer(EnvelopeAddresses.SUBMIT.at(site), this::submit),
            bus.answer(EnvelopeAddresses.REPORT_SOURCE.at(site), this::report),
            bus.answer(EnvelopeAddresses.LIST.at(site), asked -> page()),
            bus.answer(EnvelopeAddresses.WITHDRAW.at(site), this::withdraw));
  }

  /** The plugin is away. */
  void goAway() {
    answers.forEach(Registration::close);
  }

  List<SubmitEnvelope> submitted() {
    return List.copyOf(taken);
  }

  List<ReportSource> reports() {
    return List.copyOf(reports);
  }

  boolean isOnline() {
    return online;
  }

  private synchronized SubmitReply submit(SubmitEnvelope submitted) {
    taken.add(submitted);
    ids.add(UUID.randomUUID());
    online = true;
    return new SubmitReply.Accepted(envelope(taken.size() - 1), false);
  }

  private OperatingEnvelope envelope(int index) {
    SubmitEnvelope one = taken.get(index);
    return new OperatingEnvelope(
        ids.get(index),
        one.microgridId(),
        one.nodeId(),
        one.originControlPointId(),
        one.envelopeType(),
        one.constraintType(),
        one.effectiveFrom(),
        one.effectiveTo(),
        one.sourceRef(),
        Status.ACTIVE,
        clock.instant(),
        one.blocks());
  }

  private synchronized SourceReply report(ReportSource report) {
    reports.add(report);
    online = report.online();
    gapPolicy = report.gapPolicy().orElse(gapPolicy);
    return new SourceReply.Known(
        new EnvelopeSource(
            report.controlPointId(),
            site,
            online ? EnvelopeSource.Health.ONLINE : EnvelopeSource.Health.OFFLINE,
            Optional.of(report.at()),
            report.staleAfter().orElseThrow(),
            gapPolicy));
  }

  private synchronized EnvelopePageReply page() {
    List<EnvelopePageReply.Entry> entries = new ArrayList<>();
    for (int i = 0; i < taken.size(); i++) {
      if (!withdrawn.contains(ids.get(i))) {
        entries.add(new EnvelopePageReply.Entry(envelope(i), Optional.empty(), List.of()));
      }
    }
    return new EnvelopePageReply.Page(entries, Optional.empty());
  }

  private synchronized WithdrawReply withdraw(WithdrawEnvelope asked) {
    withdrawn.add(asked.envelopeId());
    return new WithdrawReply.NotFound(asked.envelopeId());
  }

  /** Most import that counts now; empty for the site's own limit. */
  synchronized OptionalInt importWatts() {
    return watts(ConstraintType.CONSUMPTION_CAP);
  }

  synchronized OptionalInt watts(ConstraintType constraint) {
    Optional<EnvelopeBlock> forecast = block(constraint, Type.FORECAST, clock.instant());
    if (online && forecast.isPresent()) {
      return forecast.get().enforcedWatts();
    }
    if (online && gapPolicy == GapPolicy.HOLD_LAST) {
      return held(constraint);
    }
    if (online && gapPolicy == GapPolicy.CIRCUIT_DEFAULT) {
      return OptionalInt.empty();
    }
    if (online && gapPolicy == GapPolicy.FAIL_SAFE) {
      return OptionalInt.of(FAIL_SAFE);
    }
    return block(constraint, Type.FALLBACK, clock.instant())
        .map(EnvelopeBlock::enforcedWatts)
        .orElse(OptionalInt.of(FAIL_SAFE));
  }

  private OptionalInt held(ConstraintType constraint) {
    return taken.stream()
        .filter(one -> one.constraintType() == constraint)
        .filter(one -> one.envelopeType() == Type.FORECAST)
        .flatMap(one -> one.blocks().stream())
        .filter(block -> !block.blockTo().isAfter(clock.instant()))
        .reduce((one, other) -> other.blockTo().isBefore(one.blockTo()) ? one : other)
        .map(EnvelopeBlock::enforcedWatts)
        .orElse(OptionalInt.empty());
  }

  /** Later envelopes of a reference take over the window that they cover, gaps included. */
  synchronized Optional<EnvelopeBlock> block(ConstraintType constraint, Type type, Instant at) {
    for (int i = taken.size() - 1; i >= 0; i--) {
      SubmitEnvelope one = taken.get(i);
      boolean covers =
          !at.isBefore(one.effectiveFrom()) && at.isBefore(one.effectiveTo().orElseThrow());
      if (covers
          && one.constraintType() == constraint
          && one.envelopeType() == type
          && !withdrawn.contains(ids.get(i))) {
        return one.blocks().stream().filter(block -> block.covers(at)).findFirst();
      }
    }
    return Optional.empty();
  }
}
