package io.busbar.balancing.record;

import io.busbar.api.balancing.Breach;
import io.busbar.api.balancing.BreachPage;
import io.busbar.api.balancing.CyclePage;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.balancing.ListBreaches;
import io.busbar.api.balancing.ListCycles;
import io.busbar.balancing.replay.StoredCycle;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The cycles that were. Keeping one returns at once, whatever the storage is doing. */
public interface History {

  /**
   * Keeps a cycle and tells its events once it is kept, in the order of keeping.
   *
   * @return done when it would survive the end of the process, where anything does
   */
  Future<Void> keep(Kept cycle);

  /** A page of a site's cycles, newest first; an unknown cursor is at the end. */
  Future<CyclePage> page(UUID microgridId, ListCycles query);

  /** One cycle of a site, with what it was decided on. */
  Future<Optional<StoredCycle>> find(UUID microgridId, UUID cycleId);

  /** The result of the cycle that a request led to, if it was kept in the last day. */
  Future<Optional<CycleResult>> findRequested(UUID microgridId, String correlationId);

  /** Breaches of a site that earlier runs left open; fails while that cannot be known. */
  Future<List<Breach>> openBreaches(UUID microgridId);

  /** A page of a site's breaches, newest first; an unknown cursor is at the end. */
  Future<BreachPage> breaches(UUID microgridId, ListBreaches query);
}
