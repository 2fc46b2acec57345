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
    link.beside(this::ended);
  }

  /** Hears of every forecast that was taken. */
  void onTaken(BiConsumer<ForecastMessage, Optional<String>> listener) {
    taken = listener;
  }

  private List<Change> ended(ConnectionStage stage) {
    return stage == ConnectionStage.DEREGISTERED ? withoutNormal() : List.of();
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
    expire();
    Optional<Segments.Whole> whole = segments.add(message, content, link.now());
    awaitParts();
    return whole.isEmpty() ? Outcome.of(link.state()) : put(group, whole.get());
  }

  /** Parts are kept until their whole is stored, so that the last one may come again. */
  private Outcome put(GroupBinding group, Segments.Whole whole) {
    try {
      whole.content().refuseOverlap();
      Outcome outcome = whole(group, whole.content(), Optional.empty());
      return outcome.then(
          () -> {
            link.lane().post(() -> segments.done(whole));
            outcome.sent().run();
          });
    } catch (Refusal e) {
      segments.done(whole);
      throw e;
    }
  }

  private void awaitParts() {
    if (!segments.isEmpty() && !link.alarms().isSet(PARTS)) {
      link.alarms().set(PARTS, Segments.PATIENCE, this::expire);
    }
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
    Instant now = link.now();
    long late = segments.late(now);
    if (late > 0) {
      link.tell("PARTS_MISSING", late + " segmented forecast(s) dropped: parts did not come");
      segments.expire(now);
    }
    awaitParts();
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
