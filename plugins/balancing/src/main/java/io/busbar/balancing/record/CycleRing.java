package io.busbar.balancing.record;

import io.busbar.api.balancing.CyclePage;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.balancing.ListCycles;
import io.busbar.balancing.replay.StoredCycle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
    OptionalLong before = query.cursor().map(CycleRing::parse).orElse(OptionalLong.of(count));
    List<CycleResult> page = new ArrayList<>();
    long number = Math.min(before.orElse(0), count) - 1;
    for (; number >= oldest() && page.size() < query.limit(); number--) {
      page.add(cycles[slot(number)].result());
    }
    boolean more = number >= oldest();
    return new CyclePage(page, more ? Optional.of(Long.toString(number + 1)) : Optional.empty());
  }

  private static OptionalLong parse(String cursor) {
    try {
      return OptionalLong.of(Long.parseLong(cursor));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
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
