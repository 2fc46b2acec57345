package io.busbar.oscp;

import io.busbar.api.Bus;
import io.busbar.api.envelope.EnvelopeAddresses;
import io.busbar.api.envelope.EnvelopePageReply;
import io.busbar.api.envelope.EnvelopePageReply.Entry;
import io.busbar.api.envelope.ListEnvelopes;
import io.busbar.api.envelope.OperatingEnvelope;
import io.busbar.api.envelope.OperatingEnvelope.Status;
import io.busbar.api.envelope.WithdrawEnvelope;
import io.busbar.oscp.ConnectionConfig.GroupBinding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Takes limits back when a relation ends: those for the time online at once, the others on order.
 */
final class Release {

  private static final int PAGE = 500;
  private static final Duration AGAIN = Duration.ofSeconds(2);

  private final Link link;
  private final ControlPoints points;
  private final Sources sources;
  private final Bus bus;

  Release(Link link, ControlPoints points, Sources sources) {
    this.sources = sources;
    this.link = link;
    this.points = points;
    this.bus = link.services().context().bus();
  }

  /** Forecasts do not come back; fallback limits stay until an operator releases them. */
  void normal() {
    withdraw(envelope -> envelope.envelopeType() == OperatingEnvelope.Type.FORECAST);
  }

  /** The site follows its own limits again. */
  void all() {
    List<Change> changes = new ArrayList<>();
    for (GroupBinding group : link.config().groups()) {
      for (ForecastType type : ForecastType.values()) {
        Series series = link.series(group.groupId(), type);
        if (!series.blocks().isEmpty()) {
          Series none = new Series(List.of(), series.coveredTo());
          changes.add(new Change.PutSeries(link.id(), group.groupId(), type, none));
        }
      }
    }
    link.commit(link.state().untroubled(), changes);
    withdraw(envelope -> true);
    sources.say();
  }

  private void withdraw(Predicate<OperatingEnvelope> which) {
    for (GroupBinding group : link.config().groups()) {
      withdraw(group, which);
    }
  }

  private void withdraw(GroupBinding group, Predicate<OperatingEnvelope> which) {
    Optional<UUID> point = points.of(link.config(), group);
    ListEnvelopes live =
        new ListEnvelopes(
            Optional.of(group.nodeId()),
            Set.of(Status.PENDING, Status.ACTIVE),
            PAGE,
            Optional.empty());
    bus.ask(EnvelopeAddresses.LIST.at(group.microgridId()), live)
        .onSuccess(
            reply -> {
              if (reply instanceof EnvelopePageReply.Page page) {
                page.envelopes().stream()
                    .map(Entry::envelope)
                    .filter(envelope -> envelope.originControlPointId().equals(point))
                    .filter(which)
                    .forEach(envelope -> withdraw(group, envelope.envelopeId()));
              }
            })
        .onFailure(
            fault ->
                link.alarms()
                    .set("release " + group.groupId(), AGAIN, () -> withdraw(group, which)));
  }

  private void withdraw(GroupBinding group, UUID envelopeId) {
    bus.ask(
        EnvelopeAddresses.WITHDRAW.at(group.microgridId()),
        new WithdrawEnvelope(envelopeId, "partner:" + link.id(), link.id()));
  }
}
