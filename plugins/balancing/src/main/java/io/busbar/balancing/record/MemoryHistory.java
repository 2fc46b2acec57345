package io.busbar.balancing.record;

import io.busbar.api.Bus;
import io.busbar.api.balancing.Breach;
import io.busbar.api.balancing.BreachPage;
import io.busbar.api.balancing.CyclePage;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.balancing.ListBreaches;
import io.busbar.api.balancing.ListCycles;
import io.busbar.balancing.replay.StoredCycle;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The newest cycles of every site, for runs that store nothing. For one context. */
public final class MemoryHistory implements History {

  private final Bus bus;
  private final int most;
  private final Map<UUID, CycleRing> rings = new HashMap<>();
  private final Map<UUID, BreachMemory> breaches = new HashMap<>();

  /**
   * @param most how many cycles of a site are kept
   */
  public MemoryHistory(Bus bus, int most) {
    this.bus = bus;
    this.most = most;
  }

  @Override
  public Future<Void> keep(Kept cycle) {
    ring(cycle.completed().microgridId()).add(cycle.stored());
    breaches(cycle.completed().microgridId()).take(cycle);
    Telling.tell(bus, cycle);
    return Future.succeededFuture();
  }

  private CycleRing ring(UUID microgridId) {
    return rings.computeIfAbsent(microgridId, id -> new CycleRing(most));
  }

  @Override
  public Future<CyclePage> page(UUID microgridId, ListCycles query) {
    return Future.succeededFuture(ring(microgridId).page(query));
  }

  @Override
  public Future<Optional<StoredCycle>> find(UUID microgridId, UUID cycleId) {
    return Future.succeededFuture(ring(microgridId).find(cycle -> cycle.cycleId().equals(cycleId)));
  }

  @Override
  public Future<Optional<CycleResult>> findRequested(UUID microgridId, String correlationId) {
    return Future.succeededFuture(
        ring(microgridId)
            .find(cycle -> cycle.audit().correlationId().equals(correlationId))
            .map(StoredCycle::result));
  }

  /** There was no earlier run. */
  @Override
  public Future<List<Breach>> openBreaches(UUID microgridId) {
    return Future.succeededFuture(List.of());
  }

  @Override
  public Future<BreachPage> breaches(UUID microgridId, ListBreaches query) {
    return Future.succeededFuture(breaches(microgridId).page(query));
  }

  private BreachMemory breaches(UUID microgridId) {
    return breaches.computeIfAbsent(microgridId, id -> new BreachMemory());
  }
}
