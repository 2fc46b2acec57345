package io.busbar.compat;

import io.busbar.api.DatabaseAccess;
import io.busbar.api.PluginContext;
import io.busbar.api.compatibility.CompatibilityAddresses;
import io.busbar.api.compatibility.TouSchedule;
import io.busbar.store.Cause;
import io.busbar.store.Store;
import io.busbar.wire.RecordJson;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Keeps everything in PostgreSQL. */
final class PostgresStore implements CompatStore {

  private static final String PUT =
      """
      insert into tou_schedule (circuit_id, schedule, updated_at, actor)
      values ($1, $2::text::jsonb, $3, $4)
      on conflict (circuit_id) do update
      set schedule = excluded.schedule, updated_at = excluded.updated_at, actor = excluded.actor
      """;

  private static final String PUT_DAY =
      """
      insert into tou_day (circuit_id, day, envelope_id) values ($1, $2, $3)
      on conflict (circuit_id, day) do update set envelope_id = excluded.envelope_id
      """;

  private static final String ONCE =
      "insert into translation (event_id) values ($1) on conflict do nothing returning event_id";

  private final Store store;
  private final PluginContext context;

  private PostgresStore(Store store, PluginContext context) {
    this.store = store;
    this.context = context;
  }

  static PostgresStore open(Vertx vertx, DatabaseAccess access, PluginContext context) {
    return new PostgresStore(
        Store.open(
            vertx,
            access,
            context,
            PostgresStore.class.getClassLoader(),
            List.of(
                CompatibilityAddresses.ALIAS_APPLIED, CompatibilityAddresses.TRANSLATION_FAILED)),
        context);
  }

  @Override
  public Map<UUID, Stored> schedules() {
    Map<UUID, Stored> schedules = new TreeMap<>();
    store
        .query("select *, schedule::text as schedule_text from tou_schedule")
        .forEach(row -> schedules.put(row.getUUID("circuit_id"), stored(row)));
    return schedules;
  }

  private static Stored stored(Row row) {
    return new Stored(
        row.getUUID("circuit_id"),
        RecordJson.decode(row.getString("schedule_text"), TouSchedule.class),
        row.getOffsetDateTime("updated_at").toInstant(),
        row.getString("actor"));
  }

  @Override
  public void put(Stored schedule) {
    store.query(
        PUT,
        schedule.circuitId(),
        RecordJson.encode(schedule.schedule()),
        utc(schedule.updatedAt()),
        schedule.actor());
  }

  @Override
  public Map<LocalDate, UUID> days(UUID circuitId) {
    Map<LocalDate, UUID> days = new TreeMap<>();
    store
        .query("select day, envelope_id from tou_day where circuit_id = $1", circuitId)
        .forEach(row -> days.put(row.getLocalDate("day"), row.getUUID("envelope_id")));
    return days;
  }

  @Override
  public void day(UUID circuitId, LocalDate day, Optional<UUID> envelopeId) {
    if (envelopeId.isPresent()) {
      store.query(PUT_DAY, circuitId, day, envelopeId.get());
    } else {
      store.query("delete from tou_day where circuit_id = $1 and day = $2", circuitId, day);
    }
  }

  @Override
  public <E> void tell(Happening<E> happening) {
    Cause cause =
        new Cause(
            happening.eventId(),
            happening.at(),
            happening.actor(),
            context.pluginId(),
            happening.correlationId());
    store.transaction(
        tx -> {
          boolean first = tx.query(ONCE, happening.eventId()).rowCount() == 1;
          if (first) {
            tx.tell(happening.topic(), happening.event(), cause);
          }
          return first;
        });
  }

  private static Object utc(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  @Override
  public void close() {
    store.close();
  }
}
