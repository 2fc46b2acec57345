package io.busbar.balancing.record;

import io.busbar.api.Bus;
import io.busbar.api.balancing.CyclePage;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.balancing.ListCycles;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The newest cycles of every site, for runs that store nothing. For one context. */
public final class MemoryHistory implements History {

  private final Bus bus;
  private final int most;
  private final Map<UUID, CycleRing> rings = new HashMap<>();

  /**
   * @param most how many cycles of a site are kept
   */
  public MemoryHistory(Bus bus, int most) {
    this.bus = bus;
    this.most = most;
  }

  @Override
  public Future<Void> keep(Kept cycle) {
    ring(cycle.completed().microgridId()).add(cycle.completed().cycle());
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
  public Future<Optional<CycleResult>> find(UUID microgridId, UUID cycleId) {
    return Future.succeededFuture(ring(microgridId).find(cycle -> cycle.cycleId().equals(cycleId)));
  }

  @Override
  public Future<Optional<CycleResult>> findRequested(UUID microgridId, String correlationId) {
    return Future.succeededFuture(
        ring(microgridId).find(cycle -> cycle.audit().correlationId().equals(correlationId)));
  }
}
