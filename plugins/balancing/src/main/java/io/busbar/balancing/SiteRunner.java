package io.busbar.balancing;

import io.busbar.api.Bus;
import io.busbar.api.Metrics;
import io.busbar.api.PluginContext;
import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.balancing.CycleCompleted;
import io.busbar.api.balancing.CycleReply;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.balancing.Explain;
import io.busbar.api.balancing.ExplainReply;
import io.busbar.api.balancing.Rebalance;
import io.busbar.api.balancing.RebalanceReply;
import io.busbar.api.balancing.RebalanceRequested;
import io.busbar.api.balancing.SourceMode;
import io.busbar.api.field.ChargingSession;
import io.busbar.api.field.FieldAddresses;
import io.busbar.api.field.Readings;
import io.busbar.api.field.SetPoint;
import io.busbar.api.field.SetPointReply;
import io.busbar.api.topology.TopologySnapshot;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Runs the cycles of one site: on schedule and, coalesced, when something happened; sends what may
 * go out, books what comes back. Never waits, so there is never a second cycle beside one.
 */
final class SiteRunner {

  private static final Duration COALESCE = Duration.ofMillis(100);
  private static final Duration SPREAD = Duration.ofMillis(37);
  private static final int REMEMBERED = 1000;

  private final PluginContext context;
  private final Bus bus;
  private final BalancingConfig config;
  private final History history;
  private final Site site;
  private final UUID microgridId;
  private final Metrics.Counter sent;
  private final Metrics.Counter failed;
  private final Metrics.Timing duration;
  private final Map<String, Future<RebalanceReply>> answered = new LinkedHashMap<>();
  private SourceMode mode = SourceMode.MEASURED;
  private boolean scheduled;

  SiteRunner(
      PluginContext context, BalancingConfig config, History history, TopologySnapshot snapshot) {
    this.context = context;
    this.bus = context.bus();
    this.config = config;
    this.history = history;
    this.site = new Site(snapshot, config, context.clock().instant());
    this.microgridId = snapshot.microgrid().microgridId();
    String[] tags = {"microgrid", microgridId.toString()};
    sent = context.metrics().counter("set_points_sent", "Set-points sent", tags);
    failed = context.metrics().counter("set_points_failed", "Set-points not confirmed", tags);
    duration = context.metrics().timing("cycle_duration", "Time to decide a cycle", tags);
    context.metrics().gauge("open_breaches", "Open breaches", site::openBreaches, tags);
  }

  /**
   * Begins to answer and to run cycles; sites begin one after the other, spread over the period.
   */
  void start(int position) {
    bus.answerLater(BalancingAddresses.REBALANCE.at(microgridId), this::rebalance);
    bus.answer(BalancingAddresses.STATUS.at(microgridId), query -> site.status());
    bus.answer(
        BalancingAddresses.CYCLES.at(microgridId), query -> history.page(microgridId, query));
    bus.answer(BalancingAddresses.CYCLE.at(microgridId), query -> find(query.cycleId()));
    bus.answer(BalancingAddresses.EXPLAIN.at(microgridId), this::explain);
    Duration first = SPREAD.multipliedBy(position % 100);
    context.scheduler().every(first, config.cycle(), () -> cycle("schedule"));
  }

  void adopt(TopologySnapshot snapshot) {
    site.adopt(snapshot);
    soon("topology");
  }

  void take(Readings readings) {
    if (site.take(readings)) {
      soon("field");
    } else {
      send();
    }
  }

  void take(ChargingSession session) {
    if (site.take(session)) {
      soon("session");
    }
  }

  /** One cycle for whatever happens within a tenth of a second. */
  private void soon(String source) {
    if (!scheduled) {
      scheduled = true;
      context
          .scheduler()
          .after(
              COALESCE,
              () -> {
                scheduled = false;
                cycle(source);
              });
    }
  }

  private void cycle(String source) {
    if (site.hasTelemetry()) {
      run(Optional.empty(), "busbar", source, "");
    }
  }

  private CycleResult run(
      Optional<UUID> within, String actor, String source, String correlationId) {
    Instant now = context.clock().instant();
    long began = System.nanoTime();
    CycleResult result = site.cycle(now, within, actor, source, correlationId);
    duration.record(Duration.ofNanos(System.nanoTime() - began));
    context
        .metrics()
        .counter("cycles", "Cycles", "outcome", result.outcome().name().toLowerCase())
        .add(1);
    send();
    Events events = new Events(microgridId, result);
    history.keep(
        new CycleCompleted(
            events.id("completed"),
            now,
            actor,
            result.audit().correlationId(),
            microgridId,
            result));
    tellChanges(events);
    return result;
  }

  private void tellChanges(Events events) {
    site.breachChanges()
        .forEach(
            breach -> bus.tell(BalancingAddresses.BREACH.at(microgridId), events.breach(breach)));
    Demand demand = site.demand().orElseThrow();
    boolean derived = !demand.derivedInputs().isEmpty() || !demand.missingInputs().isEmpty();
    SourceMode now = derived ? SourceMode.FALLBACK_DERIVED : SourceMode.MEASURED;
    if (now != mode) {
      mode = now;
      bus.tell(
          BalancingAddresses.DEMAND_RESOLVED.at(microgridId),
          events.demand(now, demand.derivedInputs()));
    }
  }

  /** Sends what may go out at this instant; the rest follows when confirmations make room. */
  private void send() {
    Instant now = context.clock().instant();
    for (Apply.Send send : site.due(now)) {
      Ledger ledger = site.ledger(send.connector());
      UUID nodeId = site.tree().connectors().get(send.connector()).nodeId();
      ledger.send(send.watts(), now);
      sent.add(1);
      bus.ask(
              FieldAddresses.SET_POINT.at(nodeId),
              new SetPoint(microgridId, nodeId, send.watts(), now, site.lastCycleId()))
          .onComplete(reply -> book(ledger, reply), fault -> lost(ledger));
    }
  }

  private void book(Ledger ledger, SetPointReply reply) {
    int before = ledger.allowed(context.clock().instant());
    switch (reply) {
      case SetPointReply.Confirmed confirmed ->
          ledger.confirm(confirmed.limitWatts(), confirmed.at());
      case SetPointReply.Refused refused -> {
        failed.add(1);
        ledger.refuse();
      }
    }
    if (ledger.allowed(context.clock().instant()) < before) {
      roomMade();
    }
  }

  private void lost(Ledger ledger) {
    failed.add(1);
    ledger.lose();
  }

  private boolean sendingAgain;

  /** After the confirmations that are in already, not in the middle of them. */
  private void roomMade() {
    if (!sendingAgain) {
      sendingAgain = true;
      context
          .scheduler()
          .after(
              Duration.ZERO,
              () -> {
                sendingAgain = false;
                send();
              });
    }
  }

  private Future<RebalanceReply> rebalance(Rebalance question) {
    Future<RebalanceReply> known = answered.get(question.correlationId());
    if (known != null) {
      return known;
    }
    Optional<RebalanceReply.Refused> refusal = refusal(question);
    if (refusal.isPresent()) {
      return Future.succeededFuture(refusal.get());
    }
    bus.tell(
        BalancingAddresses.REBALANCE_REQUESTED.at(microgridId),
        new RebalanceRequested(
            UUID.nameUUIDFromBytes(
                ("requested " + microgridId + question.correlationId())
                    .getBytes(StandardCharsets.UTF_8)),
            context.clock().instant(),
            question.actor(),
            question.correlationId(),
            microgridId,
            question.nodeId(),
            question.source()));
    CycleResult result =
        run(question.nodeId(), question.actor(), question.source(), question.correlationId());
    Promise<RebalanceReply> reply = Promise.promise();
    history.whenSafe(() -> reply.complete(new RebalanceReply.Completed(result)));
    answered.put(question.correlationId(), reply.future());
    if (answered.size() > REMEMBERED) {
      answered.remove(answered.keySet().iterator().next());
    }
    return reply.future();
  }

  private Optional<RebalanceReply.Refused> refusal(Rebalance question) {
    if (question.nodeId().isPresent() && site.tree().find(question.nodeId().get()).isEmpty()) {
      return Optional.of(
          new RebalanceReply.Refused(
              "NODE_UNKNOWN",
              "node " + question.nodeId().get() + " is not part of this microgrid",
              List.of(),
              "none needed"));
    }
    List<String> missing =
        site.hasTelemetry() ? site.missingInputs(context.clock().instant()) : site.neverRead();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new RebalanceReply.Refused(
                "NO_TELEMETRY",
                "no usable measurement and no fallback; check the meters or give them a fallback",
                missing,
                "connectors below are held at their fail-safe value"));
  }

  private CycleReply find(UUID cycleId) {
    return history
        .find(microgridId, cycleId)
        .<CycleReply>map(CycleReply.Found::new)
        .orElseGet(() -> new CycleReply.NotFound(cycleId));
  }

  private ExplainReply explain(Explain question) {
    Optional<CycleResult> cycle =
        question
            .cycleId()
            .map(id -> history.find(microgridId, id))
            .orElseGet(() -> site.status().lastCycle());
    return cycle
        .map(found -> new Explainer(site.tree(), found).explain(question.nodeId()))
        .orElseGet(() -> new ExplainReply.NotFound("no such cycle is kept"));
  }
}
