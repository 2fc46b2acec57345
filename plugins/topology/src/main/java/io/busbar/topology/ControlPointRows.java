package io.busbar.topology;

import io.busbar.api.topology.ControlPoint;
import io.busbar.store.Transaction;
import io.busbar.wire.RecordJson;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Control points as rows; none is ever removed, as their history refers to them. */
final class ControlPointRows {

  private static final String READ =
      """
      select control_point_id, microgrid_id, node_id, capability_type, state, control_source,
             description, local_config::text as local_config, external_config_type,
             external_config_ref, schedule_ref
      from control_point where microgrid_id = $1 order by control_point_id
      """;

  private static final String WRITE =
      """
      insert into control_point
        (control_point_id, microgrid_id, node_id, capability_type, state, control_source,
         description, local_config, external_config_type, external_config_ref, schedule_ref)
      values ($1, $2, $3, $4, $5, $6, $7, $8::text::jsonb, $9, $10, $11)
      on conflict (control_point_id) do update
      set node_id = $3, capability_type = $4, state = $5, control_source = $6, description = $7,
          local_config = $8::text::jsonb, external_config_type = $9, external_config_ref = $10,
          schedule_ref = $11
      """;

  private ControlPointRows() {}

  static List<ControlPoint> read(Transaction tx, UUID microgridId) {
    List<ControlPoint> points = new ArrayList<>();
    tx.query(READ, microgridId).forEach(row -> points.add(point(row)));
    return points;
  }

  private static ControlPoint point(Row row) {
    return new ControlPoint(
        row.getUUID("control_point_id"),
        row.getUUID("microgrid_id"),
        Optional.ofNullable(row.getUUID("node_id")),
        ControlPoint.CapabilityType.valueOf(row.getString("capability_type")),
        ControlPoint.State.valueOf(row.getString("state")),
        ControlPoint.ControlSource.valueOf(row.getString("control_source")),
        row.getString("description"),
        Optional.ofNullable(row.getString("local_config")).map(ControlPointRows::config),
        Optional.ofNullable(row.getString("external_config_type")),
        Optional.ofNullable(row.getString("external_config_ref")),
        Optional.ofNullable(row.getString("schedule_ref")));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> config(String json) {
    return RecordJson.decode(json, Map.class);
  }

  static void write(Transaction tx, Delta<ControlPoint> delta) {
    tx.batch(WRITE, delta.written().stream().map(ControlPointRows::tuple).toList());
  }

  private static Tuple tuple(ControlPoint point) {
    return Tuple.from(
        new Object[] {
          point.controlPointId(),
          point.microgridId(),
          point.nodeId().orElse(null),
          point.capabilityType().name(),
          point.state().name(),
          point.controlSource().name(),
          point.description(),
          point.localConfig().map(RecordJson::encode).orElse(null),
          point.externalConfigType().orElse(null),
          point.externalConfigRef().orElse(null),
          point.scheduleRef().orElse(null)
        });
  }
}
