package io.busbar.balancing.record;

import io.busbar.api.balancing.Breach;
import io.busbar.api.balancing.BreachChanged;
import io.busbar.api.balancing.BreachPage;
import io.busbar.api.balancing.ListBreaches;
import io.busbar.store.Store;
import io.busbar.store.Transaction;
import io.busbar.wire.RecordJson;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The breaches in PostgreSQL. Every method waits for the database. */
final class BreachTable {

  /** One that is closed stays so. */
  private static final String SAVE =
      """
      insert into breach (breach_id, microgrid_id, detected_at, cleared_at, breach)
      values ($1, $2, $3, $4, $5::text::jsonb)
      on conflict (breach_id) do update
      set cleared_at = excluded.cleared_at, breach = excluded.breach
      where breach.cleared_at is null
      """;

  private static final String OPEN =
      """
      select breach::text as breach from breach
      where microgrid_id = $1 and cleared_at is null order by position
      """;

  private static final String PAGE =
      """
      select position, detected_at, breach::text as breach from breach
      where microgrid_id = $1 and (detected_at, position) < ($2, $3)
        and ($4::boolean is null or $4 = (cleared_at is null))
      order by detected_at desc, position desc limit $5
      """;

  private final Store store;

  BreachTable(Store store) {
    this.store = store;
  }

  /** Saves what a cycle changed, and what it saw of those that last. */
  static void save(Transaction transaction, Kept cycle) {
    cycle.completed().cycle().breaches().forEach(breach -> save(transaction, breach));
    cycle.breaches().stream()
        .map(BreachChanged::breach)
        .filter(breach -> breach.clearedAt().isPresent())
        .forEach(breach -> save(transaction, breach));
  }

  private static void save(Transaction transaction, Breach breach) {
    transaction.query(
        SAVE,
        breach.breachId(),
        breach.microgridId(),
        utc(breach.detectedAt()),
        breach.clearedAt().map(BreachTable::utc).orElse(null),
        RecordJson.encode(breach));
  }

  /** Those that last, in the order in which they opened. */
  List<Breach> open(UUID microgridId) {
    return store.query(OPEN, microgridId).stream().map(BreachTable::breach).toList();
  }

  BreachPage page(UUID microgridId, ListBreaches query) {
    Optional<CycleCursor> from = CycleCursor.of(query.cursor());
    if (from.isEmpty()) {
      return new BreachPage(List.of(), Optional.empty());
    }
    List<Breach> breaches = new ArrayList<>();
    CycleCursor last = from.get();
    for (Row row :
        store.query(
            PAGE,
            microgridId,
            utc(last.startedAt()),
            last.position(),
            query.open().orElse(null),
            query.limit() + 1)) {
      if (breaches.size() == query.limit()) {
        return new BreachPage(breaches, Optional.of(last.text()));
      }
      breaches.add(breach(row));
      OffsetDateTime detectedAt = row.getOffsetDateTime("detected_at");
      last = new CycleCursor(detectedAt.toInstant(), row.getLong("position"));
    }
    return new BreachPage(breaches, Optional.empty());
  }

  private static Breach breach(Row row) {
    return RecordJson.decode(row.getString("breach"), Breach.class);
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
