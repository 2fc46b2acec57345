package io.busbar.capability;

import io.busbar.api.capability.StatusEvent;
import io.busbar.api.capability.StatusProjection;
import io.busbar.api.topology.ControlPoint.CapabilityType;
import io.busbar.api.topology.ControlPoint.ControlSource;
import io.busbar.wire.RecordJson;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Statuses as rows, many at a time as arrays, one array for each column. */
final class StatusRows {

  /**
   * Appends what is not there, and raises the projection to what is later than it. Taking turns
   * makes positions grow in the order of commits, also past a statement that was given up.
   */
  static final String APPEND =
      """
      with turn as materialized (select pg_advisory_xact_lock(hashtext('status_event'))),
      fresh as (
        insert into status_event
          (status_event_id, microgrid_id, control_point_id, node_id, capability_type,
           operational_status, reported_by, observed_at, ingested_at, source_event_ref,
           idempotency_key, status_detail, actor, source, correlation_id)
        select id, microgrid, point, node, capability, status, by, observed, ingested, ref, key,
               detail::jsonb, actor, source, correlation
        from turn, unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[],
                    $7::text[], $8::timestamptz[], $9::timestamptz[], $10::text[], $11::text[],
                    $12::text[], $13::text[], $14::text[], $15::text[])
             with ordinality as given (id, microgrid, point, node, capability, status, by, observed,
                                       ingested, ref, key, detail, actor, source, correlation, place)
        order by place
        on conflict (control_point_id, idempotency_key) do nothing
        returning *),
      latest as (
        select distinct on (control_point_id) * from fresh
        order by control_point_id, observed_at desc, ingested_at desc, status_event_id desc),
      raised as (
        insert into status_projection
        select control_point_id, microgrid_id, node_id, capability_type, status_event_id,
               operational_status, reported_by, observed_at, ingested_at, status_detail
        from latest
        on conflict (control_point_id) do update
        set microgrid_id = excluded.microgrid_id, node_id = excluded.node_id,
            capability_type = excluded.capability_type,
            status_event_id = excluded.status_event_id,
            latest_operational_status = excluded.latest_operational_status,
            reported_by = excluded.reported_by, last_observed_at = excluded.last_observed_at,
            last_ingested_at = excluded.last_ingested_at, status_detail = excluded.status_detail
        where (excluded.last_observed_at, excluded.last_ingested_at, excluded.status_event_id)
            > (status_projection.last_observed_at, status_projection.last_ingested_at,
               status_projection.status_event_id))
      select status_event_id, position from fresh
      """;

  private StatusRows() {}

  static Object[] columns(List<Incoming> statuses) {
    return new Object[] {
      ids(statuses, s -> s.event().statusEventId()),
      ids(statuses, s -> s.event().microgridId()),
      ids(statuses, s -> s.event().controlPointId()),
      ids(statuses, s -> s.event().nodeId().orElse(null)),
      texts(statuses, s -> s.event().capabilityType().name()),
      texts(statuses, s -> s.event().operationalStatus()),
      texts(statuses, s -> s.event().reportedBy().name()),
      times(statuses, s -> s.event().observedAt()),
      times(statuses, s -> s.event().ingestedAt()),
      texts(statuses, s -> s.event().sourceEventRef().orElse(null)),
      texts(statuses, Incoming::key),
      texts(statuses, s -> s.event().statusDetail().map(RecordJson::encode).orElse(null)),
      texts(statuses, Incoming::actor),
      texts(statuses, Incoming::source),
      texts(statuses, Incoming::correlationId)
    };
  }

  private static UUID[] ids(List<Incoming> statuses, Function<Incoming, UUID> column) {
    return statuses.stream().map(column).toArray(UUID[]::new);
  }

  private static String[] texts(List<Incoming> statuses, Function<Incoming, String> column) {
    return statuses.stream().map(column).toArray(String[]::new);
  }

  private static OffsetDateTime[] times(
      List<Incoming> statuses, Function<Incoming, Instant> column) {
    return statuses.stream().map(column).map(StatusRows::utc).toArray(OffsetDateTime[]::new);
  }

  static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  static StatusEvent event(Row row) {
    return new StatusEvent(
        row.getUUID("status_event_id"),
        row.getUUID("microgrid_id"),
        row.getUUID("control_point_id"),
        Optional.ofNullable(row.getUUID("node_id")),
        CapabilityType.valueOf(row.getString("capability_type")),
        row.getString("operational_status"),
        ControlSource.valueOf(row.getString("reported_by")),
        row.getOffsetDateTime("observed_at").toInstant(),
        row.getOffsetDateTime("ingested_at").toInstant(),
        Optional.ofNullable(row.getString("source_event_ref")),
        detail(row));
  }

  static Incoming incoming(Row row) {
    return new Incoming(
        event(row),
        row.getString("idempotency_key"),
        row.getString("actor"),
        row.getString("source"),
        row.getString("correlation_id"));
  }

  static StatusProjection projection(Row row) {
    return new StatusProjection(
        row.getUUID("microgrid_id"),
        row.getUUID("control_point_id"),
        Optional.ofNullable(row.getUUID("node_id")),
        CapabilityType.valueOf(row.getString("capability_type")),
        row.getUUID("status_event_id"),
        row.getString("latest_operational_status"),
        ControlSource.valueOf(row.getString("reported_by")),
        row.getOffsetDateTime("last_observed_at").toInstant(),
        row.getOffsetDateTime("last_ingested_at").toInstant(),
        0,
        detail(row));
  }

  @SuppressWarnings("unchecked")
  private static Optional<Map<String, Object>> detail(Row row) {
    return Optional.ofNullable(row.getString("detail"))
        .map(json -> RecordJson.decode(json, Map.class));
  }
}
