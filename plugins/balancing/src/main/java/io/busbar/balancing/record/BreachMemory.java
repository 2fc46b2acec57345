package io.busbar.balancing.record;

import io.busbar.api.balancing.Breach;
import io.busbar.api.balancing.BreachPage;
import io.busbar.api.balancing.ListBreaches;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The newest breaches of one site. */
final class BreachMemory {

  private static final int MOST = 200;

  /** In the order in which they opened. */
  private final Map<UUID, Breach> breaches = new LinkedHashMap<>();

  synchronized void take(Kept cycle) {
    cycle.completed().cycle().breaches().forEach(this::take);
    cycle.breaches().forEach(change -> take(change.breach()));
  }

  private void take(Breach breach) {
    breaches.put(breach.breachId(), breach);
    if (breaches.size() > MOST) {
      breaches.remove(breaches.keySet().iterator().next());
    }
  }

  /** A cursor is the id of the last breach of the page before; an unknown one is at the end. */
  synchronized BreachPage page(ListBreaches query) {
    List<Breach> page = new ArrayList<>();
    boolean reached = query.cursor().isEmpty();
    for (Breach breach : List.copyOf(breaches.values()).reversed()) {
      boolean wanted = query.open().map(open -> open == breach.clearedAt().isEmpty()).orElse(true);
      if (reached && wanted) {
        if (page.size() == query.limit()) {
          return new BreachPage(page, Optional.of(page.getLast().breachId().toString()));
        }
        page.add(breach);
      }
      reached |= query.cursor().equals(Optional.of(breach.breachId().toString()));
    }
    return new BreachPage(page, Optional.empty());
  }
}
