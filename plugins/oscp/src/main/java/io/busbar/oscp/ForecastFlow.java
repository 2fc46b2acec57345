package io.busbar.oscp;

import io.busbar.api.oscp.ConnectionStage;
import io.busbar.oscp.ConnectionConfig.GroupBinding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forecasts on their way in: kept as a whole or not at all, answered, then put into force. */
final class ForecastFlow {

  private static final Logger LOG = LoggerFactory.getLogger(ForecastFlow.class);
  private static final Duration PAST_KEPT = Duration.ofDays(1);
  private static final String PARTS = "parts";
  private static final int MOST_BLOCKS = 4_000;

  private final Link link;
  private final Envelopes envelopes;
  private final Gaps gaps;
  private final Segments segments = new Segments();
  private BiConsumer<ForecastMessage, Optional<String>> taken = (forecast, correlation) -> {};

  ForecastFlow(Link link, Envelopes envelopes, Gaps gaps) {
    this.link = link;
    this.envelopes = envelopes;
    this.gaps = gaps;
    link.listen((before, after) -> entered(after));
  }

  /** Hears of every forecast that was taken. */
  void onTaken(BiConsumer<ForecastMessage, Optional<String>> listener) {
    taken = listener;
  }

  private void entered(ConnectionStage stage) {
    if (stage == ConnectionStage.DEREGISTERED) {
      link.commit(link.state(), withoutNormal());
    }
  }

  /** What was said for the time online does not come back with another relation. */
  private List<Change> withoutNormal() {
    List<Change> changes = new ArrayList<>();
    for (GroupBinding group : link.config().groups()) {
      for (ForecastType type : ForecastType.values()) {
        Series series = link.series(group.groupId(), type);
        if (!type.isFallback() && !series.blocks().isEmpty()) {
          Series none = new Series(List.of(), series.coveredTo());
          changes.add(new Change.PutSeries(link.id(), group.groupId(), type, none));
        }
      }
    }
    return changes;
  }

  Outcome receive(Message message) {
    requireHandshake();
    ForecastMessage content = ForecastMessage.read(message.body(), message.requestId());
    GroupBinding group =
        link.config().group(content.groupId()).orElseThrow(() -> new Refusal(404, "unknown group"));
    content.refuseOverlap();
    if (message.segment().isEmpty()) {
      return whole(group, content, message.correlationId());
    }
    Optional<Segments.Whole> whole = segments.add(message, content, link.now());
    if (whole.isEmpty()) {
      link.alarms().set(PARTS, Segments.PATIENCE, this::expire);
      return Outcome.of(link.state());
    }
    whole.get().content().refuseOverlap();
    return whole(group, whole.get().content(), Optional.empty());
  }

  private void requireHandshake() {
    boolean early = link.profile().leniency().earlyForecasts();
    boolean may =
        switch (link.stage()) {
          case ONLINE -> true;
          case HANDSHAKING -> early || link.state().isAgreed();
          case OFFLINE, REGISTERED -> early;
          case NEW, REGISTERING, FAILED, DEREGISTERED -> false;
        };
    if (!may) {
      throw Refusal.forbidden("a handshake comes before forecasts");
    }
  }

  private void expire() {
    int dropped = segments.expire(link.now());
    if (dropped > 0) {
      link.tell("PARTS_MISSING", dropped + " segmented forecast(s) dropped: parts did not come");
    }
    if (!segments.isEmpty()) {
      link.alarms().set(PARTS, Segments.PATIENCE, this::expire);
    }
  }

  private Outcome whole(
      GroupBinding group, ForecastMessage content, Optional<String> correlationId) {
    Instant now = link.now();
    Series before = link.series(group.groupId(), content.type());
    boolean past = content.blocks().stream().noneMatch(block -> block.to().isAfter(now));
    List<Change> changes = new ArrayList<>();
    if (past) {
      LOG.warn("{}: a forecast of {} is wholly past", link.id(), group.groupId());
      changes.add(link.told("FORECAST_PAST", "a forecast had past blocks only; no effect"));
    } else {
      Series next =
          before.with(
              content.blocks(), link.profile().forecasts().wholeSeries(), now.minus(PAST_KEPT));
      if (next.blocks().size() > MOST_BLOCKS) {
        throw new Refusal(413, "more than %d blocks of one group and type".formatted(MOST_BLOCKS));
      }
      changes.add(new Change.PutSeries(link.id(), group.groupId(), content.type(), next));
    }
    return new Outcome(
        link.state(), changes, () -> link.lane().post(() -> took(group, content, correlationId)));
  }

  private void took(GroupBinding group, ForecastMessage content, Optional<String> correlationId) {
    envelopes.project(group);
    gaps.watch(group);
    taken.accept(content, correlationId);
  }
}
