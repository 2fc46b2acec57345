package io.busbar.envelope;

import io.busbar.api.Bus;
import io.busbar.api.PluginContext;
import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.envelope.CircuitCapacity;
import io.busbar.api.envelope.CircuitCapacity.Trigger;
import io.busbar.api.envelope.EffectiveLimits;
import io.busbar.api.envelope.Proof;
import io.busbar.api.kernel.KernelAddresses;
import io.busbar.api.topology.ListSites;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.store.GroupCommit;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Messages in, messages out; {@link Desk} takes work, {@link Projector} says what holds. */
final class EnvelopeVerticle extends AbstractVerticle implements Projector.Listener {

  private static final int GROUP = 2_000;
  private static final Duration DAY = Duration.ofDays(1);

  private final PluginContext busbar;
  private final EnvelopeConfig config;
  private final Bus bus;
  private final Books books = new Books();
  private final Views views;
  private final Rebalances rebalances;
  private final Projector projector;
  private final Proofs proofs;
  private final Set<UUID> answered = new HashSet<>();
  private EnvelopeStore store;
  private Desk desk;

  EnvelopeVerticle(PluginContext busbar, EnvelopeConfig config) {
    this.busbar = busbar;
    this.config = config;
    this.bus = busbar.bus();
    this.views = new Views(bus);
    this.rebalances = new Rebalances(bus);
    this.projector = new Projector(books, views.known(), this);
    this.proofs = new Proofs(books, entries -> desk.prove(entries));
  }

  @Override
  public void start() {
    store =
        busbar
            .database()
            .<EnvelopeStore>map(access -> PostgresStore.open(vertx, access, busbar))
            .orElseGet(() -> new MemoryStore(bus));
    desk = new Desk(busbar, store, config.defaults(), books, projector, queueing());
    bus.hear(TopologyAddresses.UPDATED, e -> renew(e.microgridId()));
    bus.hear(TopologyAddresses.NODE_LIMIT_UPDATED, e -> renew(e.microgridId()));
    bus.hear(TopologyAddresses.CONTROL_POINT_UPDATED, e -> renew(e.microgridId()));
    bus.hear(BalancingAddresses.CYCLE_COMPLETED, e -> proofs.saw(e.cycle()));
    bus.hear(KernelAddresses.READY, ready -> open());
  }

  /** With a database in groups; without one at once, so that virtual time stays in order. */
  private Function<Function<List<Work>, List<Object>>, Function<Work, Future<Object>>> queueing() {
    if (busbar.database().isEmpty()) {
      return work -> one -> Future.succeededFuture(work.apply(List.of(one)).getFirst());
    }
    return work -> new GroupCommit<Work, Object>(context, GROUP, Work::weight, work, () -> {})::add;
  }

  private void open() {
    bus.ask(TopologyAddresses.LIST_SITES, new ListSites())
        .compose(
            list ->
                Future.join(
                    list.sites().stream().map(site -> views.renew(site.microgridId())).toList()))
        .onComplete(done -> begin(), fault -> busbar.restart(fault));
  }

  private void begin() {
    desk.open();
    views.known().keySet().forEach(this::answer);
    busbar
        .scheduler()
        .every(DAY, DAY, () -> store.forget(busbar.clock().instant().minus(config.history())));
  }

  private void renew(UUID microgridId) {
    views.renew(microgridId).onSuccess(view -> answer(microgridId));
  }

  private void answer(UUID microgridId) {
    if (answered.add(microgridId)) {
      new Answers(busbar, microgridId, views, desk, projector, store, books).register(bus);
    }
  }

  @Override
  public void carries(List<CircuitCapacity> capacities, Trigger trigger) {
    desk.project(capacities, Events.ITSELF, "capacity-" + UUID.randomUUID());
  }

  @Override
  public void changed(UUID microgridId) {
    rebalances.ask(microgridId);
  }

  @Override
  public void holds(EffectiveLimits limits) {
    proofs.holds(limits);
  }

  @Override
  public void loaded(List<Proof> openProofs) {
    proofs.load(openProofs);
  }

  @Override
  public void stop() {
    desk.close();
    store.close();
  }
}
