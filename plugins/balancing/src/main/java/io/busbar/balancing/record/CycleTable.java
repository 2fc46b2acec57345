package io.busbar.balancing.record;

import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.balancing.CycleCompleted;
import io.busbar.api.balancing.CyclePage;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.balancing.ListCycles;
import io.busbar.balancing.replay.Inputs;
import io.busbar.balancing.replay.StoredCycle;
import io.busbar.store.Cause;
import io.busbar.store.Store;
import io.busbar.store.Transaction;
import io.busbar.wire.RecordJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The cycles in PostgreSQL. Every method waits for the database. */
final class CycleTable {

  private static final String INSERT =
      """
      insert into cycle
        (cycle_id, microgrid_id, started_at, correlation_id, outcome, result, frame, snapshot)
      values ($1, $2, $3, $4, $5, $6::text::jsonb, $7, $8)
      on conflict (started_at, cycle_id) do nothing returning position
      """;

  private static final String PAGE =
      """
      select position, started_at, result::text as result from cycle
      where microgrid_id = $1 and (started_at, position) < ($2, $3)
      order by started_at desc, position desc limit $4
      """;

  private static final String FIND =
      """
      select result::text as result, site, digest, content, snapshot
      from cycle left join cycle_frame on digest = frame
      where cycle.microgrid_id = $1 and cycle_id = $2
      """;

  private static final String REQUESTED =
      """
      select result::text as result from cycle
      where microgrid_id = $1 and correlation_id = $2 and started_at > $3
      order by started_at limit 1
      """;

  private static final String UNTOLD =
      """
      select position, result::text as result from cycle
      where position > (select position from cycle_told) order by position limit $1
      """;

  private final Store store;
  private final DayPartitions partitions;
  private final FrameTable frames = new FrameTable();

  CycleTable(Store store, DayPartitions partitions) {
    this.store = store;
    this.partitions = partitions;
  }

  /**
   * Stores cycles in one transaction, with the events that go through the audit.
   *
   * @return position of the last one
   */
  long insert(List<Kept> cycles) {
    try {
      return store.transaction(transaction -> insert(transaction, cycles));
    } catch (RuntimeException e) {
      partitions.forget();
      frames.forget();
      throw e;
    }
  }

  private long insert(Transaction transaction, List<Kept> cycles) {
    long last = 0;
    for (Kept kept : cycles) {
      LocalDate day = DayPartitions.day(kept.completed().cycle().startedAt());
      if (partitions.ensure(transaction, day)) {
        frames.forget();
      }
      kept.inputs()
          .ifPresent(
              inputs -> frames.use(transaction, kept.completed().microgridId(), inputs, day));
      long position = insert(transaction, kept);
      if (position > 0) {
        BreachTable.save(transaction, kept);
        tellOthers(transaction, kept);
      }
      last = Math.max(last, position);
    }
    return last;
  }

  /** Position of a new row; 0 when it was stored before, with all that goes with it. */
  private static long insert(Transaction transaction, Kept kept) {
    CycleResult cycle = kept.completed().cycle();
    RowSet<Row> inserted =
        transaction.query(
            INSERT,
            cycle.cycleId(),
            cycle.microgridId(),
            utc(cycle.startedAt()),
            cycle.audit().correlationId(),
            cycle.outcome().name(),
            RecordJson.encode(cycle),
            kept.inputs().map(Inputs::frame).orElse(null),
            kept.inputs().map(inputs -> Buffer.buffer(inputs.snapshot())).orElse(null));
    return inserted.size() == 0 ? 0 : inserted.iterator().next().getLong("position");
  }

  /** What is rare goes through the audit and the outbox; a cycle's row is both for the cycle. */
  private static void tellOthers(Transaction transaction, Kept kept) {
    UUID site = kept.completed().microgridId();
    kept.requested()
        .ifPresent(
            event ->
                transaction.tell(
                    BalancingAddresses.REBALANCE_REQUESTED.at(site),
                    event,
                    cause(kept.completed(), event.eventId())));
    kept.resolved()
        .ifPresent(
            event ->
                transaction.tell(
                    BalancingAddresses.DEMAND_RESOLVED.at(site),
                    event,
                    cause(kept.completed(), event.eventId())));
    kept.breaches()
        .forEach(
            event ->
                transaction.tell(
                    BalancingAddresses.BREACH.at(site),
                    event,
                    cause(kept.completed(), event.eventId())));
  }

  private static Cause cause(CycleCompleted cycle, UUID eventId) {
    return new Cause(
        eventId,
        cycle.occurredAt(),
        cycle.actor(),
        cycle.cycle().audit().source(),
        cycle.correlationId());
  }

  /** A cycle and its place in the order of telling. */
  record Placed(long position, CycleResult cycle) {}

  /** Cycles that were stored and perhaps not told, oldest first, at most so many. */
  List<Placed> untold(int most) {
    return store.query(UNTOLD, most).stream()
        .map(row -> new Placed(row.getLong("position"), result(row)))
        .toList();
  }

  /** Everything up to a position has been told. */
  void told(long position) {
    store.query("update cycle_told set position = greatest(position, $1)", position);
  }

  CyclePage page(UUID microgridId, ListCycles query) {
    Optional<CycleCursor> from = CycleCursor.of(query.cursor());
    if (from.isEmpty()) {
      return new CyclePage(List.of(), Optional.empty());
    }
    List<CycleResult> cycles = new ArrayList<>();
    CycleCursor last = from.get();
    for (Row row :
        store.query(PAGE, microgridId, utc(last.startedAt()), last.position(), query.limit() + 1)) {
      if (cycles.size() == query.limit()) {
        return new CyclePage(cycles, Optional.of(last.text()));
      }
      cycles.add(result(row));
      last =
          new CycleCursor(row.getOffsetDateTime("started_at").toInstant(), row.getLong("position"));
    }
    return new CyclePage(cycles, Optional.empty());
  }

  Optional<StoredCycle> find(UUID microgridId, UUID cycleId) {
    return store.query(FIND, microgridId, cycleId).stream().map(CycleTable::stored).findFirst();
  }

  private static StoredCycle stored(Row row) {
    Buffer frame = row.getBuffer("content");
    Buffer snapshot = row.getBuffer("snapshot");
    return new StoredCycle(
        result(row),
        frame == null || snapshot == null
            ? Optional.empty()
            : Optional.of(
                new Inputs(
                    row.getString("site"),
                    row.getString("digest"),
                    frame.getBytes(),
                    snapshot.getBytes())));
  }

  /** The cycle that a request led to, if it is not older than an instant. */
  Optional<CycleResult> findRequested(UUID microgridId, String correlationId, Instant since) {
    return results(store.query(REQUESTED, microgridId, correlationId, utc(since))).stream()
        .findFirst();
  }

  private static List<CycleResult> results(RowSet<Row> rows) {
    return rows.stream().map(CycleTable::result).toList();
  }

  private static CycleResult result(Row row) {
    return RecordJson.decode(row.getString("result"), CycleResult.class);
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
