package io.busbar.balancing.record;

import io.busbar.api.balancing.CyclePage;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.balancing.ListCycles;
import io.busbar.balancing.replay.StoredCycle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The newest cycles of one site; each has a number that rises, which makes cursors stable. */
final class CycleRing {

  private final StoredCycle[] cycles;
  private long count;

  CycleRing(int most) {
    this.cycles = new StoredCycle[most];
  }

  void add(StoredCycle cycle) {
    cycles[slot(count++)] = cycle;
  }

  private int slot(long number) {
    return (int) (number % cycles.length);
  }

  private long oldest() {
    return Math.max(0, count - cycles.length);
  }

  CyclePage page(ListCycles query) {
    Optional<CycleCursor> before = CycleCursor.of(query.cursor());
    List<CycleResult> page = new ArrayList<>();
    long number = before.isEmpty() ? -1 : count - 1;
    while (number >= oldest() && !isBefore(number, before.get())) {
      number--;
    }
    for (; number >= oldest() && page.size() < query.limit(); number--) {
      page.add(cycles[slot(number)].result());
    }
    boolean more = number >= oldest();
    return new CyclePage(page, more ? Optional.of(at(number + 1).text()) : Optional.empty());
  }

  /**
   * Of the same kind as those of stored cycles, so that a list goes on when the database is back.
   */
  private CycleCursor at(long number) {
    return new CycleCursor(cycles[slot(number)].result().startedAt(), number);
  }

  private boolean isBefore(long number, CycleCursor cursor) {
    CycleCursor own = at(number);
    return own.startedAt().isBefore(cursor.startedAt())
        || (own.startedAt().equals(cursor.startedAt()) && number < cursor.position());
  }

  Optional<StoredCycle> find(Predicate<CycleResult> wanted) {
    for (long number = count - 1; number >= oldest(); number--) {
      if (wanted.test(cycles[slot(number)].result())) {
        return Optional.of(cycles[slot(number)]);
      }
    }
    return Optional.empty();
  }
}
