package io.busbar.capability;

import io.busbar.api.DatabaseAccess;
import io.busbar.api.PluginContext;
import io.busbar.api.capability.GetHistory;
import io.busbar.api.capability.HistoryReply;
import io.busbar.api.capability.StatusEvent;
import io.busbar.api.capability.StatusProjection;
import io.busbar.store.NotStorable;
import io.busbar.store.Store;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps statuses in PostgreSQL: one statement, and so one commit, for however many come at once.
 */
final class PostgresHistory implements StatusHistory {

  private static final String BURY =
      """
      insert into dead_letter
        (received_at, door, address, reason, message, payload, payload_bytes)
      select * from unnest($1::timestamptz[], $2::text[], $3::text[], $4::text[], $5::text[],
                           $6::bytea[], $7::integer[])
      """;

  private static final String PAGE =
      """
      select *, status_detail::text as detail from status_event
      where control_point_id = $1 and observed_at >= $2 and observed_at < $3
        and (observed_at, ingested_at, status_event_id) < ($4, $5, $6)
      order by observed_at desc, ingested_at desc, status_event_id desc limit $7
      """;

  private static final String FIND =
      "select *, status_detail::text as detail from status_event where status_event_id = any($1)";

  private static final String PROJECTION =
      """
      select *, status_detail::text as detail from status_projection
      where microgrid_id = $1 order by control_point_id
      """;

  private static final String TOLD = "update status_told set position = $1 where position < $1";

  private static final String UNTOLD =
      """
      select *, status_detail::text as detail from status_event
      where position > (select position from status_told) order by position limit $1
      """;

  /**
   * Classes of SQLSTATE that say a value cannot be stored: data exception, integrity constraint.
   */
  private static final List<String> REFUSED_VALUES = List.of("22", "23");

  private static final Instant EVER = Instant.parse("9999-12-31T00:00:00Z");

  private final Store store;

  private PostgresHistory(Store store) {
    this.store = store;
  }

  static PostgresHistory open(Vertx vertx, DatabaseAccess access, PluginContext context) {
    ClassLoader migrations = PostgresHistory.class.getClassLoader();
    return new PostgresHistory(Store.open(vertx, access, context, migrations, List.of()));
  }

  @Override
  public Map<UUID, Long> append(List<Incoming> statuses) {
    Map<UUID, Long> fresh = new HashMap<>();
    write(StatusRows.APPEND, StatusRows.columns(statuses))
        .forEach(row -> fresh.put(row.getUUID("status_event_id"), row.getLong("position")));
    return fresh;
  }

  private RowSet<Row> write(String sql, Object... values) {
    try {
      return store.query(sql, values);
    } catch (PgException e) {
      throw REFUSED_VALUES.stream().anyMatch(e.getSqlState()::startsWith) ? new NotStorable(e) : e;
    }
  }

  @Override
  public Map<UUID, StatusEvent> find(Collection<UUID> statusEventIds) {
    Map<UUID, StatusEvent> found = new HashMap<>();
    store
        .query(FIND, (Object) statusEventIds.toArray(UUID[]::new))
        .forEach(row -> found.put(row.getUUID("status_event_id"), StatusRows.event(row)));
    return found;
  }

  @Override
  public HistoryReply page(GetHistory question) {
    Optional<Cursor> before = question.cursor().map(Cursor::read).orElse(Optional.of(Cursor.END));
    if (before.isEmpty()) {
      return new HistoryReply.BadCursor(question.cursor().orElseThrow());
    }
    List<StatusEvent> page = new ArrayList<>();
    store
        .query(
            PAGE,
            question.controlPointId(),
            StatusRows.utc(question.from().orElse(Instant.EPOCH)),
            StatusRows.utc(question.to().orElse(EVER)),
            StatusRows.utc(before.get().observedAt()),
            StatusRows.utc(before.get().ingestedAt()),
            before.get().statusEventId(),
            question.limit())
        .forEach(row -> page.add(StatusRows.event(row)));
    return new HistoryReply.Page(page, Projections.next(page, question.limit()));
  }

  @Override
  public List<StatusProjection> projection(UUID microgridId) {
    List<StatusProjection> latest = new ArrayList<>();
    store.query(PROJECTION, microgridId).forEach(row -> latest.add(StatusRows.projection(row)));
    return latest;
  }

  @Override
  public void bury(List<DeadLetter> letters) {
    write(
        BURY,
        letters.stream()
            .map(l -> l.receivedAt().atOffset(ZoneOffset.UTC))
            .toArray(OffsetDateTime[]::new),
        letters.stream().map(DeadLetter::door).toArray(String[]::new),
        letters.stream().map(DeadLetter::address).toArray(String[]::new),
        letters.stream().map(DeadLetter::reason).toArray(String[]::new),
        letters.stream().map(DeadLetter::message).toArray(String[]::new),
        letters.stream().map(DeadLetter::payload).toArray(Buffer[]::new),
        letters.stream().map(DeadLetter::payloadBytes).toArray(Integer[]::new));
  }

  @Override
  public void told(long position) {
    store.query(TOLD, position);
  }

  @Override
  public List<Stored> untold(int most) {
    List<Stored> untold = new ArrayList<>();
    store
        .query(UNTOLD, most)
        .forEach(row -> untold.add(new Stored(row.getLong("position"), StatusRows.incoming(row))));
    return untold;
  }

  @Override
  public void close() {
    store.close();
  }
}
