package io.busbar.balancing.record;

import io.busbar.api.DatabaseAccess;
import io.busbar.api.PluginContext;
import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.balancing.Breach;
import io.busbar.api.balancing.BreachPage;
import io.busbar.api.balancing.CyclePage;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.balancing.ListBreaches;
import io.busbar.api.balancing.ListCycles;
import io.busbar.api.kernel.KernelAddresses;
import io.busbar.balancing.replay.StoredCycle;
import io.busbar.store.Store;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Keeps cycles in PostgreSQL, on a context of its own so that no cycle ever waits for it: whoever
 * keeps one leaves it in a queue, and what gathers there while one transaction commits is the next
 * transaction.
 */
public final class HistoryVerticle extends AbstractVerticle implements History {

  private static final int RECENT = 100;
  private static final Duration REMEMBERED = Duration.ofDays(1);

  private final PluginContext plugin;
  private final DatabaseAccess access;
  private final Keeping keeping;

  /** Newest cycles by site, for the time in which they are not stored or cannot be read. */
  private final Map<UUID, CycleRing> recent = new ConcurrentHashMap<>();

  private final Map<UUID, BreachMemory> recentBreaches = new ConcurrentHashMap<>();

  private Handover handover;
  private Store store;
  private CycleTable table;
  private BreachTable breaches;
  private CycleWriter writer;

  /**
   * @param access the plugin's schema
   */
  public HistoryVerticle(PluginContext plugin, DatabaseAccess access, Keeping keeping) {
    this.plugin = plugin;
    this.access = access;
    this.keeping = keeping;
  }

  @Override
  public void start() {
    handover = new Handover(context);
    store =
        Store.open(
            vertx,
            access,
            plugin,
            HistoryVerticle.class.getClassLoader(),
            List.of(
                BalancingAddresses.REBALANCE_REQUESTED,
                BalancingAddresses.DEMAND_RESOLVED,
                BalancingAddresses.BREACH,
                BalancingAddresses.SESSION_CHANGED,
                BalancingAddresses.SETTINGS_CHANGED));
    table = new CycleTable(store, new DayPartitions(keeping.days()));
    breaches = new BreachTable(store);
    SpoolFiles files =
        new SpoolFiles(plugin.dataFolder().resolve("spool"), keeping.spoolBytes(), Spool::brief);
    writer = new CycleWriter(plugin, table, new Spool(files, keeping.spoolCycles()), this::run);
    plugin.bus().hear(KernelAddresses.READY, ready -> run(writer::begin));
  }

  @Override
  public Future<Void> keep(Kept cycle) {
    ring(cycle.completed().microgridId()).add(cycle.stored());
    breaches(cycle.completed().microgridId()).take(cycle);
    Future<Void> kept = writer.add(cycle);
    run(writer::write);
    return kept;
  }

  private void run(Runnable task) {
    handover.run(task);
  }

  private CycleRing ring(UUID microgridId) {
    return recent.computeIfAbsent(microgridId, id -> new CycleRing(RECENT));
  }

  @Override
  public Future<CyclePage> page(UUID microgridId, ListCycles query) {
    return stored(() -> table.page(microgridId, query))
        .otherwise(away -> ring(microgridId).page(query));
  }

  @Override
  public Future<Optional<StoredCycle>> find(UUID microgridId, UUID cycleId) {
    Optional<StoredCycle> found = ring(microgridId).find(cycle -> cycle.cycleId().equals(cycleId));
    return found.isPresent()
        ? Future.succeededFuture(found)
        : stored(() -> findStored(microgridId, cycleId));
  }

  /** What an earlier run left in the spool was answered for, and is found as soon as it starts. */
  private Optional<StoredCycle> findStored(UUID microgridId, UUID cycleId) {
    Optional<StoredCycle> found = table.find(microgridId, cycleId);
    if (found.isPresent()) {
      return found;
    }
    writer.drain();
    return table.find(microgridId, cycleId);
  }

  /** While the database is away only what this process was asked for is known. */
  @Override
  public Future<Optional<CycleResult>> findRequested(UUID microgridId, String correlationId) {
    return writer.isAway()
        ? Future.succeededFuture(Optional.empty())
        : stored(
            () ->
                table.findRequested(
                    microgridId, correlationId, plugin.clock().instant().minus(REMEMBERED)));
  }

  /** What an earlier run left in the spool may open or close some: that is stored first. */
  @Override
  public Future<List<Breach>> openBreaches(UUID microgridId) {
    return stored(
        () -> {
          writer.drain();
          return breaches.open(microgridId);
        });
  }

  @Override
  public Future<BreachPage> breaches(UUID microgridId, ListBreaches query) {
    return stored(() -> breaches.page(microgridId, query))
        .otherwise(away -> breaches(microgridId).page(query));
  }

  private BreachMemory breaches(UUID microgridId) {
    return recentBreaches.computeIfAbsent(microgridId, id -> new BreachMemory());
  }

  /** Asks the database on this verticle's context; the answer is back on the asker's. */
  private <T> Future<T> stored(Supplier<T> question) {
    return handover.call(question);
  }

  /** The plugin's schema; there once this has started. */
  public Store store() {
    return store;
  }

  /** Stores or saves what is left. */
  @Override
  public void stop() {
    writer.finish();
    store.close();
  }
}
