package io.busbar.balancing.state;

import io.busbar.api.Health;
import io.busbar.api.PluginContext;
import io.busbar.store.StoreUnavailable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes changes in the order in which they came, many in one transaction when many wait. While the
 * database is away, what devices said waits, of every session only the last; what somebody asked
 * for fails. All of it but {@link #add} is for one context, on which it may wait.
 */
final class StateWriter {

  private static final Logger LOG = LoggerFactory.getLogger(StateWriter.class);
  private static final Duration AGAIN = Duration.ofSeconds(2);
  private static final int BATCH = 100;
  private static final int MOST = 100_000;
  private static final String HEALTH = "sessions";

  private final PluginContext plugin;
  private final StateTable table;
  private final Consumer<Runnable> onContext;
  private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();

  /** What could not be written yet, by subject, oldest first. */
  private final Map<UUID, Change> waiting = new LinkedHashMap<>();

  private boolean writing;
  private boolean away;

  private record Arrival(Change change, Optional<Promise<Void>> asked) {}

  /**
   * @param onContext runs something on the context that all of this belongs to
   */
  StateWriter(PluginContext plugin, StateTable table, Consumer<Runnable> onContext) {
    this.plugin = plugin;
    this.table = table;
    this.onContext = onContext;
  }

  /** Leaves a change to be written, whenever that will be. For any thread. */
  void add(Change change) {
    arrivals.add(new Arrival(change, Optional.empty()));
    onContext.accept(this::write);
  }

  /** Leaves a change to be written now or never. For any thread. */
  Future<Void> ask(Change change) {
    Promise<Void> asked = Promise.promise();
    arrivals.add(new Arrival(change, Optional.of(asked)));
    onContext.accept(this::write);
    return asked.future();
  }

  private void write() {
    if (away) {
      postpone(take(Integer.MAX_VALUE), "the database is away");
    } else if (!writing) {
      attempt();
    }
  }

  private void attempt() {
    writing = true;
    try {
      writeWaiting();
      for (List<Arrival> batch = take(BATCH); !batch.isEmpty(); batch = take(BATCH)) {
        write(batch);
      }
    } catch (StoreUnavailable e) {
      gone(e);
    } finally {
      writing = false;
    }
  }

  private void writeWaiting() {
    while (!waiting.isEmpty()) {
      List<Change> oldest = waiting.values().stream().limit(BATCH).toList();
      save(oldest);
      oldest.forEach(change -> waiting.remove(change.subject(), change));
    }
    if (away) {
      away = false;
      LOG.info("the database is back, sessions are stored again");
      plugin.health().report(HEALTH, Health.Status.UP, "");
    }
  }

  private List<Arrival> take(int most) {
    List<Arrival> batch = new ArrayList<>();
    while (batch.size() < most && !arrivals.isEmpty()) {
      batch.add(arrivals.poll());
    }
    return batch;
  }

  private void write(List<Arrival> batch) {
    try {
      table.save(batch.stream().map(Arrival::change).toList());
      batch.forEach(arrival -> arrival.asked().ifPresent(Promise::complete));
    } catch (StoreUnavailable e) {
      postpone(batch, e.getMessage());
      throw e;
    } catch (RuntimeException e) {
      writeEach(batch, e);
    }
  }

  /** One that the database does not take is left out, so that it does not hold up the others. */
  private void writeEach(List<Arrival> batch, RuntimeException cause) {
    if (batch.size() > 1) {
      batch.forEach(arrival -> write(List.of(arrival)));
    } else {
      Arrival arrival = batch.getFirst();
      LOG.error("{} is not kept", arrival.change(), cause);
      arrival.asked().ifPresent(asked -> asked.fail(cause));
    }
  }

  private void save(List<Change> changes) {
    try {
      table.save(changes);
    } catch (StoreUnavailable e) {
      throw e;
    } catch (RuntimeException e) {
      changes.forEach(change -> saveAlone(change));
    }
  }

  private void saveAlone(Change change) {
    try {
      table.save(List.of(change));
    } catch (StoreUnavailable e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("{} is not kept", change, e);
    }
  }

  private void postpone(List<Arrival> batch, String why) {
    for (Arrival arrival : batch) {
      if (arrival.asked().isPresent()) {
        arrival.asked().get().fail(new StateUnavailable(why));
      } else {
        wait(arrival.change());
      }
    }
  }

  private void wait(Change change) {
    waiting.remove(change.subject());
    waiting.put(change.subject(), change);
    if (waiting.size() > MOST) {
      Change oldest = waiting.values().iterator().next();
      LOG.error("too much waits for the database: {} is not kept", oldest);
      waiting.remove(oldest.subject());
    }
  }

  private void gone(StoreUnavailable cause) {
    if (!away) {
      LOG.warn("sessions wait for the database: {}", cause.getMessage());
    }
    away = true;
    postpone(take(Integer.MAX_VALUE), cause.getMessage());
    plugin
        .health()
        .report(
            HEALTH,
            Health.Status.DEGRADED,
            waiting.size() + " changes of sessions wait for the database");
    plugin.scheduler().after(AGAIN, () -> onContext.accept(this::attempt));
  }

  /** The plugin stops. */
  void finish() {
    if (!writing) {
      attempt();
    }
    if (!waiting.isEmpty()) {
      LOG.error("{} changes of sessions are lost with the process", waiting.size());
    }
  }
}
