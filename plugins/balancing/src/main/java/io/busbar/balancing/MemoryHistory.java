package io.busbar.balancing;

import io.busbar.api.Bus;
import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.balancing.CycleCompleted;
import io.busbar.api.balancing.CyclePage;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.balancing.ListCycles;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The last cycles of every site, for runs that store nothing. */
final class MemoryHistory implements History {

  private static final int KEPT = 500;

  private final Bus bus;
  private final Map<UUID, Deque<CycleResult>> bySite = new ConcurrentHashMap<>();

  MemoryHistory(Bus bus) {
    this.bus = bus;
  }

  @Override
  public void keep(CycleCompleted event) {
    Deque<CycleResult> cycles =
        bySite.computeIfAbsent(event.microgridId(), id -> new ArrayDeque<>());
    synchronized (cycles) {
      cycles.addFirst(event.cycle());
      if (cycles.size() > KEPT) {
        cycles.removeLast();
      }
    }
    bus.tell(BalancingAddresses.CYCLE_COMPLETED.at(event.microgridId()), event);
  }

  @Override
  public void whenSafe(Runnable then) {
    then.run();
  }

  @Override
  public CyclePage page(UUID microgridId, ListCycles query) {
    List<CycleResult> all = all(microgridId);
    int from = query.cursor().map(Integer::parseInt).orElse(0);
    int to = Math.min(all.size(), from + query.limit());
    Optional<String> next = to < all.size() ? Optional.of(Integer.toString(to)) : Optional.empty();
    return new CyclePage(all.subList(Math.min(from, to), to), next);
  }

  @Override
  public Optional<CycleResult> find(UUID microgridId, UUID cycleId) {
    return all(microgridId).stream().filter(c -> c.cycleId().equals(cycleId)).findFirst();
  }

  private List<CycleResult> all(UUID microgridId) {
    Deque<CycleResult> cycles = bySite.getOrDefault(microgridId, new ArrayDeque<>());
    synchronized (cycles) {
      return List.copyOf(cycles);
    }
  }
}
