package io.busbar.balancing;

import io.busbar.api.DatabaseAccess;
import io.busbar.api.Health;
import io.busbar.api.PluginContext;
import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.balancing.CycleCompleted;
import io.busbar.api.balancing.CyclePage;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.balancing.ListCycles;
import io.busbar.store.Cause;
import io.busbar.store.Store;
import io.busbar.store.StoreUnavailable;
import io.busbar.store.Transaction;
import io.busbar.wire.RecordJson;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cycles in PostgreSQL. A writer of its own commits whatever has come meanwhile in one transaction,
 * so that no cycle waits for the database; while the database is away they go to a {@link Spool}
 * and are written in order when it is back.
 */
final class PostgresHistory implements History {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresHistory.class);
  private static final int BATCH = 200;
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final Duration SWEEP = Duration.ofHours(1);

  private final PluginContext context;
  private final Store store;
  private final Spool spool;
  private final BlockingQueue<Object> queue = new LinkedBlockingQueue<>();
  private final Thread writer;
  private volatile boolean closed;

  PostgresHistory(Vertx vertx, DatabaseAccess access, PluginContext context, int days) {
    this.context = context;
    this.spool = new Spool(context.dataFolder().resolve("cycles.spool"));
    this.store =
        Store.open(
            vertx,
            access,
            context,
            PostgresHistory.class.getClassLoader(),
            List.of(BalancingAddresses.CYCLE_COMPLETED));
    this.writer = Thread.ofVirtual().name("cycle-writer").start(this::write);
    context.scheduler().every(SWEEP, SWEEP, () -> forgetOlderThan(days));
  }

  @Override
  public void keep(CycleCompleted event) {
    queue.add(event);
  }

  @Override
  public void whenSafe(Runnable then) {
    queue.add(then);
  }

  private void write() {
    List<Object> batch = new ArrayList<>();
    while (!closed || !queue.isEmpty()) {
      try {
        Object first = queue.poll(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch, BATCH);
        }
        if (!batch.isEmpty() || !spool.isEmpty()) {
          save(batch);
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.error("a cycle could not be kept", e);
      }
      batch.clear();
    }
  }

  private void save(List<Object> batch) {
    List<CycleCompleted> events = new ArrayList<>();
    List<Runnable> then = new ArrayList<>();
    for (Object entry : batch) {
      if (entry instanceof CycleCompleted event) {
        events.add(event);
      } else {
        then.add((Runnable) entry);
      }
    }
    try {
      List<CycleCompleted> earlier = spool.first(BATCH);
      while (!earlier.isEmpty()) {
        commit(earlier);
        spool.drop(earlier.size());
        earlier = spool.first(BATCH);
      }
      commit(events);
      context.health().report("history", Health.Status.UP, "");
    } catch (StoreUnavailable e) {
      spool.append(events);
      context
          .health()
          .report(
              "history",
              Health.Status.DEGRADED,
              "database away, " + spool.size() + " cycles wait on disk: " + e.getMessage());
    }
    then.forEach(Runnable::run);
  }

  private void commit(List<CycleCompleted> events) {
    if (!events.isEmpty()) {
      store.transaction(
          transaction -> {
            insert(transaction, events);
            return null;
          });
    }
  }

  private static void insert(Transaction transaction, List<CycleCompleted> events) {
    List<Tuple> rows = new ArrayList<>();
    for (CycleCompleted event : events) {
      CycleResult cycle = event.cycle();
      rows.add(
          Tuple.of(
              cycle.cycleId(),
              cycle.microgridId(),
              cycle.startedAt().atOffset(ZoneOffset.UTC),
              cycle.outcome().name(),
              new JsonObject(RecordJson.encode(cycle))));
    }
    transaction.batch(
        "insert into cycle (cycle_id, microgrid_id, started_at, outcome, result)"
            + " values ($1, $2, $3, $4, $5) on conflict (cycle_id) do nothing",
        rows);
    for (CycleCompleted event : events) {
      transaction.tell(
          BalancingAddresses.CYCLE_COMPLETED.at(event.microgridId()),
          event,
          new Cause(
              event.eventId(),
              event.occurredAt(),
              event.actor(),
              event.cycle().audit().source(),
              event.correlationId()));
    }
  }

  @Override
  public CyclePage page(UUID microgridId, ListCycles query) {
    long before = query.cursor().map(Long::parseLong).orElse(Long.MAX_VALUE);
    RowSet<Row> rows =
        store.query(
            "select position, result from cycle where microgrid_id = $1 and position < $2"
                + " order by position desc limit $3",
            microgridId,
            before,
            query.limit() + 1);
    List<CycleResult> cycles = new ArrayList<>();
    long lowest = 0;
    for (Row row : rows) {
      if (cycles.size() == query.limit()) {
        return new CyclePage(cycles, Optional.of(Long.toString(lowest)));
      }
      cycles.add(cycle(row));
      lowest = row.getLong("position");
    }
    return new CyclePage(cycles, Optional.empty());
  }

  @Override
  public Optional<CycleResult> find(UUID microgridId, UUID cycleId) {
    for (Row row :
        store.query(
            "select result from cycle where microgrid_id = $1 and cycle_id = $2",
            microgridId,
            cycleId)) {
      return Optional.of(cycle(row));
    }
    return Optional.empty();
  }

  private static CycleResult cycle(Row row) {
    return RecordJson.decode(row.getJsonObject("result").encode(), CycleResult.class);
  }

  private void forgetOlderThan(int days) {
    try {
      store.query(
          "delete from cycle where started_at < $1",
          context.clock().instant().minus(Duration.ofDays(days)).atOffset(ZoneOffset.UTC));
    } catch (StoreUnavailable e) {
      LOG.warn("old cycles are forgotten later: {}", e.getMessage());
    }
  }

  /** Writes what is left, then closes. */
  @Override
  public void close() {
    closed = true;
    try {
      queue.add((Runnable) () -> {});
      writer.join(Duration.ofSeconds(4));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    writer.interrupt();
    store.close();
  }
}
