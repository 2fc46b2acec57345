package io.busbar.balancing;

import io.busbar.api.PluginContext;
import io.busbar.api.Registration;
import io.busbar.api.balancing.DemandResolved;
import io.busbar.api.balancing.Rebalance;
import io.busbar.api.balancing.RebalanceRequested;
import io.busbar.api.balancing.SetSettings;
import io.busbar.api.balancing.SiteSettings;
import io.busbar.api.balancing.SourceMode;
import io.busbar.api.field.ChargingSession;
import io.busbar.api.field.Readings;
import io.busbar.api.topology.TopologySnapshot;
import io.busbar.balancing.decide.Check;
import io.busbar.balancing.record.Events;
import io.busbar.balancing.record.History;
import io.busbar.balancing.record.Kept;
import io.busbar.balancing.session.KeptSession;
import io.busbar.balancing.state.StateStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Runs the cycles of one site: on schedule and, once for whatever happens together, when something
 * happened. Only for limits from outside a cycle waits, before it begins; there is never a second
 * one beside it.
 */
final class SiteRunner {

  private static final Duration ASK_AGAIN = Duration.ofSeconds(2);

  private final PluginContext context;
  private final Clock clock;
  private final BalancingConfig config;
  private final History history;
  private final SiteChanges changes;
  private final Site site;
  private final SetPoints setPoints;
  private final SiteHealth health;
  private final SiteMeters.One meters;
  private final Guard guard;
  private final Turns turns;
  private SourceMode mode = SourceMode.MEASURED;
  private List<String> derived = List.of();

  /** When a cycle is due beside the periodic ones; null when none is. */
  private Instant dueAt;

  private Registration due = () -> {};
  private boolean isDoubted;

  SiteRunner(
      PluginContext context,
      BalancingConfig all,
      History history,
      SiteMeters meters,
      StateStore state,
      TopologySnapshot topology) {
    this.context = context;
    this.config = all.of(topology.microgrid().name());
    this.history = history;
    this.changes = new SiteChanges(context.clock(), state, topology.microgrid().microgridId());
    this.site = new Site(topology, config, context.clock().instant());
    this.clock = new SteadyClock(context.clock(), context.scheduler(), site::shift);
    this.meters = meters.of(topology.microgrid().microgridId(), gauges());
    this.site.restore(state.restore(topology.microgrid().microgridId()), clock.instant());
    this.setPoints = new SetPoints(context, clock, site, this.meters, () -> soon(CycleCause.FIELD));
    this.health = new SiteHealth(context.health(), topology.microgrid().name());
    this.guard = new Guard(context, site, config.policy().startGrace());
    this.turns = new Turns(guard, site);
  }

  private List<SiteMeters.Gauge> gauges() {
    List<SiteMeters.Gauge> gauges = new ArrayList<>();
    gauges.add(
        new SiteMeters.Gauge("open_breaches", "Breaches that last", site::openBreaches, List.of()));
    gauges.add(
        new SiteMeters.Gauge(
            "alerts", "What needs a person", () -> site.alerts().size(), List.of()));
    for (Check check : Check.values()) {
      gauges.add(
          new SiteMeters.Gauge(
              "disbelieved_inputs",
              "Measured values that failed a check in the last cycle",
              () -> site.failed(check),
              List.of("check", check.name().toLowerCase(Locale.ROOT))));
    }
    return gauges;
  }

  /** Begins to run cycles. Sites begin at different times of the period, each always at its own. */
  void start() {
    long period = config.cycle().toMillis();
    long phase = Math.floorMod(site.tree().microgridId().getLeastSignificantBits(), period);
    context
        .scheduler()
        .every(Duration.ofMillis(phase), config.cycle(), () -> run(CycleCause.SCHEDULE));
    Duration watch = watch();
    if (watch.compareTo(config.cycle()) < 0) {
      context.scheduler().every(watch, watch, this::upkeep);
    }
    rememberBreaches();
    soon(CycleCause.TOPOLOGY);
  }

  /** Cycles run meanwhile, but open no breach that may be open already. */
  private void rememberBreaches() {
    site.awaitBreaches();
    history
        .openBreaches(site.tree().microgridId())
        .onSuccess(site::remember)
        .onFailure(away -> context.scheduler().after(ASK_AGAIN, this::rememberBreaches));
  }

  /** How often the books have to be looked at, so that no watchdog runs out. */
  private Duration watch() {
    return site.tree().connectors().stream()
        .map(connector -> connector.watchdog().dividedBy(4))
        .filter(Duration::isPositive)
        .filter(quarter -> quarter.compareTo(config.cycle()) < 0)
        .min(Duration::compareTo)
        .orElse(config.cycle());
  }

  private void upkeep() {
    Instant now = clock.instant();
    site.ledger().upkeep(now, now.plus(watch()));
    setPoints.send();
  }

  void adopt(TopologySnapshot topology) {
    site.adopt(topology, clock.instant());
    keepSessions();
    soon(CycleCause.TOPOLOGY);
  }

  void take(Readings readings) {
    Urgency urgency = site.take(readings, clock.instant());
    if (urgency == Urgency.CYCLE) {
      soon(CycleCause.FIELD);
    } else if (urgency == Urgency.DOUBT) {
      look();
    }
    keepSessions();
    setPoints.send();
  }

  void take(ChargingSession session) {
    if (site.take(session)) {
      soon(CycleCause.SESSION);
    }
    keepSessions();
  }

  private void keepSessions() {
    site.takeChangedSessions().forEach(this::keep);
  }

  /** Keeps what became of a session as soon as it can be kept. */
  void keep(KeptSession session) {
    changes.keep(session, site.view(session));
  }

  /** Stores what is to become of a session because somebody asked. */
  Future<Void> store(KeptSession session, String actor, String correlationId) {
    return changes.save(session, site.view(session), actor, correlationId);
  }

  /** Balances with a session that was stored. */
  void put(KeptSession session) {
    site.put(session);
    soon(CycleCause.SESSION);
  }

  /** Stores what somebody chose and balances by that. */
  Future<SiteSettings> choose(SetSettings ask) {
    SiteSettings now = site.settings();
    if (now.chosenStrategy().equals(ask.strategy())
        && now.chosenGranularity().equals(ask.granularity())) {
      return Future.succeededFuture(now);
    }
    SiteSettings next =
        new SiteSettings(
            now.microgridId(),
            ask.strategy().orElse(now.configuredStrategy()),
            ask.granularity().orElse(now.configuredGranularity()),
            now.configuredStrategy(),
            now.configuredGranularity(),
            ask.strategy(),
            ask.granularity(),
            Optional.of(clock.instant()),
            Optional.of(ask.actor()));
    return changes
        .save(next, ask.actor(), ask.correlationId())
        .map(
            stored -> {
              site.choose(next);
              soon(CycleCause.of(ask));
              return site.settings();
            });
  }

  /** Looks, once for whatever is heard together, whether limits have the room they should have. */
  private void look() {
    if (dueAt == null && !isDoubted) {
      isDoubted = true;
      context
          .scheduler()
          .after(
              config.coalesce(),
              () -> {
                isDoubted = false;
                if (site.isShort(clock.instant())) {
                  run(CycleCause.FIELD);
                }
              });
    }
  }

  private void soon(CycleCause cause) {
    after(config.coalesce(), cause);
  }

  /** One cycle is due at a time, the earliest that anything asked for. */
  private void after(Duration delay, CycleCause cause) {
    Instant at = clock.instant().plus(delay);
    if (dueAt == null || at.isBefore(dueAt)) {
      due.close();
      dueAt = at;
      due =
          context
              .scheduler()
              .after(
                  delay,
                  () -> {
                    dueAt = null;
                    run(cause);
                  });
    }
  }

  /** A cycle now makes one that is due superfluous. */
  private void nothingDue() {
    due.close();
    dueAt = null;
  }

  private void run(CycleCause cause) {
    if (site.isReady(clock.instant()) && !turns.isWholeDue()) {
      turns.take(true, () -> keep(cycle(cause), Optional.empty()));
    }
  }

  /** Runs one cycle for a request, as soon as it is its turn. */
  Future<Requested> run(Rebalance request) {
    Promise<Requested> begun = Promise.promise();
    turns.take(
        request.nodeId().isEmpty(),
        () -> {
          try {
            Cycle cycle = cycle(CycleCause.of(request));
            RebalanceRequested asked = new Events(cycle.result()).requested(request);
            begun.complete(new Requested(cycle, keep(cycle, Optional.of(asked))));
          } catch (RuntimeException e) {
            begun.fail(e);
          }
        });
    return begun.future();
  }

  /**
   * A cycle that was asked for.
   *
   * @param kept done when it is kept
   */
  record Requested(Cycle cycle, Future<Void> kept) {}

  private Cycle cycle(CycleCause cause) {
    nothingDue();
    Instant now = clock.instant();
    long began = System.nanoTime();
    Cycle cycle = site.run(cause, now, now.plus(watch()));
    meters.duration.record(Duration.ofNanos(System.nanoTime() - began));
    meters.cycles(cycle.result().outcome()).add(1);
    health.report(cycle.decision(), guard.problem());
    setPoints.begin(cycle);
    if (site.isSuspicious()) {
      after(config.policy().breachAfter(), CycleCause.FIELD);
    }
    return cycle;
  }

  private Future<Void> keep(Cycle cycle, Optional<RebalanceRequested> requested) {
    Events events = new Events(cycle.result());
    return history.keep(
        new Kept(
            requested,
            events.completed(),
            Optional.of(cycle.inputs()),
            cycle.breaches().stream().map(events::changed).toList(),
            resolved(cycle, events)));
  }

  private Optional<DemandResolved> resolved(Cycle cycle, Events events) {
    SourceMode now = cycle.decision().sourceMode();
    List<String> inputs = cycle.decision().derivedInputs();
    if (now == mode && inputs.equals(derived)) {
      return Optional.empty();
    }
    mode = now;
    derived = inputs;
    return Optional.of(events.resolved(now, inputs));
  }

  Site site() {
    return site;
  }
}
