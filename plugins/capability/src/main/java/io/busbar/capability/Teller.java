package io.busbar.capability;

import io.busbar.api.Bus;
import io.busbar.api.capability.CapabilityAddresses;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what was recorded, in the order of positions and at least once. Up to where is written down
 * when there is nothing else to do, and after every {@link #UNMARKED} events, so at most so many
 * are told again after a crash. For one context.
 */
final class Teller {

  private static final Logger LOG = LoggerFactory.getLogger(Teller.class);
  private static final int UNMARKED = 10_000;
  private static final int PAGE = 1_000;

  private final Bus bus;
  private final StatusHistory history;
  private boolean open;
  private boolean behind = true;
  private long told;
  private long marked;
  private int unmarked;

  Teller(Bus bus, StatusHistory history) {
    this.bus = bus;
    this.history = history;
  }

  /** Listeners are there now. */
  void open() {
    open = true;
    catchUp();
  }

  /** There may be something in the history that this one was not given. */
  void isBehind() {
    behind = true;
  }

  /**
   * Tells the new ones.
   *
   * @param fresh their positions
   */
  void tell(List<Incoming> statuses, Map<UUID, Long> fresh) {
    if (behind) {
      catchUp();
      return;
    }
    Set<UUID> seen = new HashSet<>();
    for (Incoming status : statuses) {
      Long position = fresh.get(status.event().statusEventId());
      if (position != null && seen.add(status.event().statusEventId())) {
        tell(new Stored(position, status));
      }
    }
    if (unmarked >= UNMARKED) {
      mark();
    }
  }

  private void tell(Stored stored) {
    Incoming status = stored.status();
    bus.tell(CapabilityAddresses.RECORDED.at(status.event().microgridId()), status.recorded());
    told = Math.max(told, stored.position());
    unmarked++;
  }

  /** Tells what the history has and this one was not given, if the database lets it. */
  private void catchUp() {
    if (open) {
      try {
        List<Stored> untold = untold();
        while (!untold.isEmpty()) {
          untold.forEach(this::tell);
          untold = untold();
        }
        behind = false;
      } catch (RuntimeException e) {
        LOG.warn("statuses are told later: {}", e.getMessage());
      }
    }
  }

  private List<Stored> untold() {
    mark();
    return history.untold(PAGE);
  }

  /** Writes down up to where it was told. */
  void mark() {
    if (told > marked) {
      try {
        history.told(told);
        marked = told;
        unmarked = 0;
      } catch (Exception e) { // an interruption is none that the compiler knows of
        LOG.warn("what was told may be told again: {}", e.getMessage());
      }
    }
  }
}
