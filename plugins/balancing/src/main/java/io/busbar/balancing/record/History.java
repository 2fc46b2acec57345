package io.busbar.balancing.record;

import io.busbar.api.balancing.CyclePage;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.balancing.ListCycles;
import io.vertx.core.Future;
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

  /** One cycle of a site. */
  Future<Optional<CycleResult>> find(UUID microgridId, UUID cycleId);

  /** The result of the cycle that a request led to, if it was kept in the last day. */
  Future<Optional<CycleResult>> findRequested(UUID microgridId, String correlationId);
}
