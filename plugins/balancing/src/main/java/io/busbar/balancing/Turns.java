package io.busbar.balancing;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Lets cycles of a site run one after the other, each with the limits from outside that hold when
 * it begins. A cycle freezes what is known only when these have come, so whatever happens until
 * then is served by it.
 */
final class Turns {

  private final Guard guard;
  private final Site site;
  private final Deque<Turn> waiting = new ArrayDeque<>();
  private boolean isAsking;

  /**
   * A cycle that has not begun.
   *
   * @param whole whether what it decides is applied to the whole site
   */
  private record Turn(boolean whole, Runnable cycle) {}

  Turns(Guard guard, Site site) {
    this.guard = guard;
    this.site = site;
  }

  /** Whether a cycle of the whole site is about to begin. */
  boolean isWholeDue() {
    return waiting.stream().anyMatch(Turn::whole);
  }

  /** Runs a cycle when it is its turn, at once if nothing has to be waited for. */
  void take(boolean whole, Runnable cycle) {
    waiting.add(new Turn(whole, cycle));
    next();
  }

  private void next() {
    if (!isAsking && !waiting.isEmpty()) {
      isAsking = true;
      guard
          .ask()
          .onSuccess(
              limits -> {
                isAsking = false;
                site.limit(limits);
                begin();
              });
    }
  }

  private void begin() {
    try {
      waiting.remove().cycle().run();
    } finally {
      next();
    }
  }
}
