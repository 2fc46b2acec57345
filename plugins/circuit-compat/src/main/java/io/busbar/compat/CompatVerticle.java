package io.busbar.compat;

import io.busbar.api.Bus;
import io.busbar.api.PluginContext;
import io.busbar.api.compatibility.CircuitReply;
import io.busbar.api.compatibility.CompatibilityAddresses;
import io.busbar.api.compatibility.GetCircuit;
import io.busbar.api.compatibility.RebalanceCircuit;
import io.busbar.api.envelope.CircuitCapacity;
import io.busbar.api.envelope.CircuitCapacityReply;
import io.busbar.api.envelope.EffectiveLimit;
import io.busbar.api.envelope.EffectiveLimits;
import io.busbar.api.envelope.EnvelopeAddresses;
import io.busbar.api.envelope.GetCircuitCapacity;
import io.busbar.api.envelope.GetEffectiveLimits;
import io.busbar.api.kernel.KernelAddresses;
import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.compat.Aliases.Alias;
import io.busbar.compat.Translations.Path;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Messages in, messages out. */
final class CompatVerticle extends AbstractVerticle {

  private static final Logger LOG = LoggerFactory.getLogger(CompatVerticle.class);

  /** Often enough that the last day of the horizon is filled in any time zone. */
  private static final Duration FILL = Duration.ofHours(1);

  private final PluginContext busbar;
  private final CompatConfig config;
  private final Bus bus;
  private CompatStore store;
  private Circuits circuits;
  private CycleTranslator cycles;
  private TouTranslator tou;

  CompatVerticle(PluginContext busbar, CompatConfig config) {
    this.busbar = busbar;
    this.config = config;
    this.bus = busbar.bus();
  }

  @Override
  public void start() {
    store =
        busbar
            .database()
            .<CompatStore>map(access -> PostgresStore.open(vertx, access, busbar))
            .orElseGet(() -> new MemoryStore(bus));
    circuits = new Circuits(bus);
    Translations translations = new Translations(busbar, store);
    cycles = new CycleTranslator(bus, circuits, translations);
    tou =
        new TouTranslator(bus, busbar.clock(), circuits, translations, store, config.horizonDays());
    bus.answerLater(
        CompatibilityAddresses.REBALANCE_CIRCUIT,
        asked -> cycles.rebalance(asked, Path.REBALANCE_LOAD));
    bus.answerLater(CompatibilityAddresses.CIRCUIT, this::circuit);
    bus.answerLater(CompatibilityAddresses.GET_TOU_LIMITS, tou::get);
    bus.answerLater(CompatibilityAddresses.SET_TOU_LIMITS, tou::set);
    bus.hear(
        CompatibilityAddresses.CIRCUIT_REBALANCE_REQUESTED,
        e ->
            cycles.rebalance(
                new RebalanceCircuit(e.circuitId(), e.actor(), e.correlationId()),
                Path.REBALANCE_REQUESTED));
    bus.hear(KernelAddresses.READY, ready -> begin());
  }

  private void begin() {
    busbar.scheduler().every(Duration.ZERO, FILL, this::fill);
    for (CompatConfig.Job job : config.periodic()) {
      busbar.scheduler().every(job.every(), job.every(), () -> dispatch(job));
    }
  }

  private void fill() {
    tou.fillAll().onFailure(fault -> LOG.warn("days are filled later: {}", fault.getMessage()));
  }

  /** What cannot be resolved is skipped, and on record. */
  private void dispatch(CompatConfig.Job job) {
    String correlation = "periodic-" + job.circuitId() + "-" + busbar.clock().instant();
    cycles
        .rebalance(new RebalanceCircuit(job.circuitId(), "scheduler", correlation), Path.PERIODIC)
        .onFailure(fault -> LOG.warn("{} is skipped: {}", job, fault.getMessage()));
  }

  private Future<CircuitReply> circuit(GetCircuit question) {
    return circuits
        .find(question.circuitId())
        .compose(
            found ->
                found.size() == 1
                    ? circuit(found.getFirst())
                    : Future.succeededFuture(
                        new CircuitReply.Unresolvable(
                            CycleTranslator.NOT_RESOLVABLE,
                            Circuits.problem(question.circuitId(), found))));
  }

  private Future<CircuitReply> circuit(Alias alias) {
    if (!alias.isFeeder()) {
      return bus.ask(
              EnvelopeAddresses.EFFECTIVE.at(alias.microgridId()),
              new GetEffectiveLimits(Optional.empty()))
          .map(limits -> inner(alias, limits));
    }
    GetCircuitCapacity question =
        new GetCircuitCapacity(alias.circuitId(), busbar.clock().instant());
    return bus.ask(EnvelopeAddresses.CIRCUIT_CAPACITY.at(alias.microgridId()), question)
        .map(
            reply ->
                switch (reply) {
                  case CircuitCapacityReply.Found found -> effective(found.capacity());
                  case CircuitCapacityReply.NotManaged _ ->
                      inner(alias, EffectiveLimits.none(alias.microgridId(), Instant.EPOCH));
                });
  }

  private static CircuitReply effective(CircuitCapacity capacity) {
    return new CircuitReply.Found(
        capacity.circuitId(),
        capacity.microgridId(),
        capacity.nodeId(),
        capacity.defaultCapacityWatts(),
        capacity.failSafeCapacityWatts(),
        capacity.effectiveCapacityWatts(),
        capacity.source());
  }

  /**
   * A circuit inside the site carries what it is rated for, or what was set from in- or outside.
   */
  private static CircuitReply inner(Alias alias, EffectiveLimits limits) {
    Optional<NodeLimit> set = alias.setLimit();
    int structural =
        Math.min(
            alias.defaultCapacityWatts(), set.map(NodeLimit::limitWatts).orElse(Integer.MAX_VALUE));
    Optional<EffectiveLimit> outside =
        limits.limits().stream()
            .filter(limit -> limit.nodeId().equals(alias.nodeId()))
            .filter(limit -> limit.constraintType() == ConstraintType.CONSUMPTION_CAP)
            .filter(limit -> limit.limitWatts() < structural)
            .findFirst();
    return new CircuitReply.Found(
        alias.circuitId(),
        alias.microgridId(),
        alias.nodeId(),
        alias.defaultCapacityWatts(),
        alias.failSafeCapacityWatts(),
        outside.map(EffectiveLimit::limitWatts).orElse(structural),
        outside
            .map(EffectiveLimit::constraintRef)
            .or(() -> set.map(limit -> "node-limit:" + limit.nodeLimitId()))
            .orElse("default"));
  }

  @Override
  public void stop() {
    store.close();
  }
}
