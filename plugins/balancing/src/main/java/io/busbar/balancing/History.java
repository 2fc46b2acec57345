package io.busbar.balancing;

import io.busbar.api.balancing.CycleCompleted;
import io.busbar.api.balancing.CyclePage;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.balancing.ListCycles;
import java.util.Optional;
import java.util.UUID;

/** Cycles that were, newest first. */
interface History extends AutoCloseable {

  /** Keeps a cycle and tells of it once it is kept; returns at once. */
  void keep(CycleCompleted event);

  /** Runs something once everything kept so far is safe. */
  void whenSafe(Runnable then);

  CyclePage page(UUID microgridId, ListCycles query);

  Optional<CycleResult> find(UUID microgridId, UUID cycleId);

  @Override
  default void close() {}
}
