package io.busbar.balancing.state;

import io.busbar.api.balancing.ListSessions;
import io.busbar.api.balancing.SettingsChanged;
import io.busbar.api.balancing.SiteSettings;
import io.busbar.balancing.session.KeptSession;
import io.busbar.store.Store;
import io.busbar.store.Transaction;
import io.busbar.wire.RecordJson;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Sessions and settings in PostgreSQL. Every method waits for the database. */
final class StateTable {

  /** What has ended stays as it is; what is stored already is not told again. */
  private static final String SAVE =
      """
      insert into charging_session
        (session_id, microgrid_id, node_id, plugged_in_at, unplugged_at, session)
      values ($1, $2, $3, $4, $5, $6::text::jsonb)
      on conflict (session_id) do update
      set plugged_in_at = excluded.plugged_in_at, unplugged_at = excluded.unplugged_at,
          session = excluded.session
      where charging_session.unplugged_at is null
        and charging_session.microgrid_id = excluded.microgrid_id
        and charging_session.node_id = excluded.node_id
        and charging_session.session is distinct from excluded.session
      returning session_id
      """;

  private static final String CHOOSE =
      """
      insert into site_settings (microgrid_id, changed_at, settings)
      values ($1, $2, $3::text::jsonb)
      on conflict (microgrid_id) do update
      set changed_at = excluded.changed_at, settings = excluded.settings
      """;

  private static final String LASTING =
      """
      select session::text as session from charging_session where unplugged_at is null
      order by plugged_in_at, session_id
      """;

  private static final String LAST_ENDED =
      """
      select distinct on (node_id) session::text as session from charging_session
      where unplugged_at is not null order by node_id, unplugged_at desc
      """;

  private static final String PAGE =
      """
      select session::text as session from charging_session
      where microgrid_id = $1 and (plugged_in_at, session_id) < ($2, $3)
        and ($4::boolean is null or (unplugged_at is null) = $4)
        and ($5::uuid is null or node_id = $5)
        and ($6::timestamptz is null or unplugged_at is null or unplugged_at > $6)
        and ($7::timestamptz is null or plugged_in_at < $7)
      order by plugged_in_at desc, session_id desc limit $8
      """;

  private final Store store;
  private final String source;

  /**
   * @param source what the audit says that did it
   */
  StateTable(Store store, String source) {
    this.store = store;
    this.source = source;
  }

  /** Keeps changes in one transaction, with their events. */
  void save(List<Change> changes) {
    store.transaction(
        transaction -> {
          changes.forEach(change -> save(transaction, change));
          return null;
        });
  }

  private void save(Transaction transaction, Change change) {
    boolean kept =
        switch (change) {
          case Change.OfSession(KeptSession session, var event) -> save(transaction, session);
          case Change.OfSettings(SettingsChanged event) -> choose(transaction, event);
        };
    if (kept) {
      Telling.tell(transaction, change, source);
    }
  }

  private static boolean save(Transaction transaction, KeptSession session) {
    return transaction
            .query(
                SAVE,
                session.sessionId(),
                session.microgridId(),
                session.nodeId(),
                utc(session.pluggedInAt()),
                session.unpluggedAt().map(StateTable::utc).orElse(null),
                RecordJson.encode(session))
            .size()
        > 0;
  }

  private static boolean choose(Transaction transaction, SettingsChanged event) {
    transaction.query(
        CHOOSE, event.microgridId(), utc(event.occurredAt()), RecordJson.encode(event.settings()));
    return true;
  }

  /** Sessions that last and, of every connector, the last that ended; the ended ones first. */
  List<KeptSession> newest() {
    return List.of(LAST_ENDED, LASTING).stream()
        .flatMap(query -> store.query(query).stream())
        .map(StateTable::session)
        .toList();
  }

  /** What was chosen, by site. */
  Map<UUID, SiteSettings> settings() {
    Map<UUID, SiteSettings> settings = new HashMap<>();
    for (Row row : store.query("select settings::text as settings from site_settings")) {
      SiteSettings chosen = RecordJson.decode(row.getString("settings"), SiteSettings.class);
      settings.put(chosen.microgridId(), chosen);
    }
    return settings;
  }

  Optional<KeptSession> find(UUID sessionId) {
    return store
        .query(
            "select session::text as session from charging_session where session_id = $1",
            sessionId)
        .stream()
        .map(StateTable::session)
        .findFirst();
  }

  Pages.Page page(UUID microgridId, ListSessions query) {
    Optional<SessionCursor> after = SessionCursor.of(query.cursor());
    if (after.isEmpty()) {
      return Pages.Page.EMPTY;
    }
    List<KeptSession> found =
        store
            .query(
                PAGE,
                microgridId,
                utc(after.get().pluggedInAt()),
                after.get().sessionId(),
                query.active().orElse(null),
                query.nodeId().orElse(null),
                query.from().map(StateTable::utc).orElse(null),
                query.to().map(StateTable::utc).orElse(null),
                query.limit() + 1)
            .stream()
            .map(StateTable::session)
            .toList();
    return Pages.cut(found, query.limit());
  }

  /** Forgets sessions that ended before an instant. */
  void forget(Instant before) {
    store.query("delete from charging_session where unplugged_at < $1", utc(before));
  }

  private static KeptSession session(Row row) {
    return RecordJson.decode(row.getString("session"), KeptSession.class);
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
