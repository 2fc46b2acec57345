package io.busbar.balancing.record;

import io.busbar.api.Health;
import io.busbar.api.PluginContext;
import io.busbar.api.balancing.CycleCompleted;
import io.busbar.store.StoreUnavailable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes cycles in the order in which they came, many in one transaction when many wait, and tells
 * them after the commit. While the database is away they wait in a {@link Spool}. All of it but
 * {@link #add} is for one context, on which it may wait.
 */
final class CycleWriter {

  private static final Logger LOG = LoggerFactory.getLogger(CycleWriter.class);
  private static final Duration AGAIN = Duration.ofSeconds(2);
  private static final int BATCH = 100;
  private static final String HEALTH = "history";

  private final PluginContext plugin;
  private final CycleTable table;
  private final Spool spool;
  private final Consumer<Runnable> onContext;
  private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();

  /** Who waits for a cycle to be safe, by cycle. */
  private final Map<UUID, Promise<Void>> awaited = new HashMap<>();

  /** Whether an earlier run may have stored cycles without telling them. */
  private boolean untold = true;

  private final Promise<Void> begun = Promise.promise();
  private boolean ready;
  private boolean writing;
  private Promise<Void> idle = Promise.promise();
  private volatile boolean away;

  private record Arrival(Kept cycle, Promise<Void> safe) {}

  /**
   * @param onContext runs something on the context that all of this belongs to
   */
  CycleWriter(PluginContext plugin, CycleTable table, Spool spool, Consumer<Runnable> onContext) {
    this.plugin = plugin;
    this.onContext = onContext;
    this.table = table;
    this.spool = spool;
  }

  /**
   * Leaves a cycle to be written. For any thread.
   *
   * @return for a cycle that was asked for, done when it is safe; for others at once
   */
  Future<Void> add(Kept cycle) {
    Promise<Void> safe = Promise.promise();
    arrivals.add(new Arrival(cycle, safe));
    if (cycle.requested().isEmpty()) {
      safe.complete();
    }
    return safe.future();
  }

  boolean isAway() {
    return away;
  }

  /** From now on listeners are there: what was stored and perhaps not told comes first. */
  void begin() {
    ready = true;
    begun.tryComplete();
    write();
  }

  /**
   * Writes all that waits, unless that is being done already or the database is away. What comes
   * while a transaction waits for the database stays in the queue until it is through.
   */
  void write() {
    if (writing) {
      return;
    }
    if (!ready || away) {
      collect();
    } else {
      attempt();
    }
  }

  /**
   * Waits until everything has begun and what is there is written.
   *
   * @throws IllegalStateException if it cannot be written now
   */
  void drain() {
    begun.future().await();
    if (writing) {
      idle.future().await();
    } else {
      write();
    }
    if (away) {
      throw new IllegalStateException("cycles of an earlier run are not stored yet");
    }
  }

  private void attempt() {
    writing = true;
    idle = Promise.promise();
    try {
      tellUntold();
      for (collect(); !spool.isEmpty(); collect()) {
        List<Kept> batch = spool.oldest();
        long position = insert(batch);
        spool.remove(batch);
        back();
        tell(batch, position);
        batch.forEach(this::safe);
      }
    } catch (StoreUnavailable e) {
      gone(e);
    } finally {
      writing = false;
      idle.complete();
    }
  }

  private void collect() {
    for (Arrival arrival = arrivals.poll(); arrival != null; arrival = arrivals.poll()) {
      spool.add(arrival.cycle(), away);
      if (arrival.cycle().requested().isPresent()) {
        awaited.put(arrival.cycle().completed().cycle().cycleId(), arrival.safe());
      }
    }
    if (away && !awaited.isEmpty()) {
      saved();
    }
  }

  private void tellUntold() {
    while (untold) {
      List<CycleTable.Placed> cycles = table.untold(BATCH);
      cycles.forEach(placed -> tell(new Events(placed.cycle()).completed()));
      untold = cycles.size() == BATCH;
      if (!cycles.isEmpty()) {
        table.told(cycles.getLast().position());
      }
    }
  }

  /** One that the database does not take is left out, so that it does not hold up the others. */
  private long insert(List<Kept> batch) {
    try {
      return table.insert(batch);
    } catch (StoreUnavailable e) {
      throw e;
    } catch (RuntimeException e) {
      return batch.size() == 1 ? refused(batch.getFirst(), e) : insertEach(batch);
    }
  }

  private long insertEach(List<Kept> batch) {
    long position = 0;
    for (Kept cycle : batch) {
      position = Math.max(position, insert(List.of(cycle)));
    }
    return position;
  }

  private static long refused(Kept cycle, RuntimeException cause) {
    LOG.error("cycle {} is not kept", cycle.completed().cycle().cycleId(), cause);
    return 0;
  }

  private void tell(List<Kept> batch, long position) {
    batch.forEach(kept -> tell(kept.completed()));
    if (position > 0) {
      table.told(position);
    }
  }

  private void tell(CycleCompleted event) {
    Telling.tell(plugin.bus(), event);
  }

  private void safe(Kept cycle) {
    Promise<Void> promise = awaited.remove(cycle.completed().cycle().cycleId());
    if (promise != null) {
      promise.complete();
    }
  }

  private void saved() {
    spool.save();
    awaited.values().forEach(Promise::complete);
    awaited.clear();
  }

  private void back() {
    if (away) {
      away = false;
      LOG.info("the database is back, cycles are stored again");
      plugin.health().report(HEALTH, Health.Status.UP, "");
    }
  }

  private void gone(StoreUnavailable cause) {
    if (!away) {
      LOG.warn("cycles wait for the database: {}", cause.getMessage());
    }
    away = true;
    plugin.health().report(HEALTH, Health.Status.DEGRADED, spool.state());
    collect();
    plugin.scheduler().after(AGAIN, () -> onContext.accept(this::attempt));
  }

  /** The plugin stops: what cannot be stored any more is saved for the next time. */
  void finish() {
    if (writing) {
      idle.future().await();
    }
    write();
    collect();
    saved();
  }
}
