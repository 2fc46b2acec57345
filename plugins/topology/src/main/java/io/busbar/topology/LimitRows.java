package io.busbar.topology;

import io.busbar.api.topology.LineAmps;
import io.busbar.api.topology.NodeLimit;
import io.busbar.store.Transaction;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Limits as rows. */
final class LimitRows {

  private static final String READ = "select * from node_limit where microgrid_id = $1";

  private static final String FORGET = "delete from node_limit where node_limit_id = any($1)";

  /** Before the new ones are written: of two that change places only one may ever be active. */
  private static final String SET_ASIDE =
      "update node_limit set status = 'INACTIVE' where node_limit_id = any($1)";

  private static final String WRITE =
      """
      insert into node_limit
        (node_limit_id, microgrid_id, node_id, constraint_type, limit_watts, limit_l1_amps,
         limit_l2_amps, limit_l3_amps, source_type, status, updated_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
      on conflict (node_limit_id) do update
      set limit_watts = $5, limit_l1_amps = $6, limit_l2_amps = $7, limit_l3_amps = $8,
          source_type = $9, status = $10, updated_at = $11
      """;

  private LimitRows() {}

  static List<NodeLimit> read(Transaction tx, UUID microgridId) {
    List<NodeLimit> limits = new ArrayList<>();
    tx.query(READ, microgridId).forEach(row -> limits.add(limit(row)));
    return limits;
  }

  private static NodeLimit limit(Row row) {
    return new NodeLimit(
        row.getUUID("node_limit_id"),
        row.getUUID("microgrid_id"),
        Optional.ofNullable(row.getUUID("node_id")),
        NodeLimit.ConstraintType.valueOf(row.getString("constraint_type")),
        row.getInteger("limit_watts"),
        Optional.ofNullable(row.getDouble("limit_l1_amps")).map(l1 -> lines(l1, row)),
        NodeLimit.SourceType.valueOf(row.getString("source_type")),
        NodeLimit.Status.valueOf(row.getString("status")),
        row.getOffsetDateTime("updated_at").toInstant());
  }

  private static LineAmps lines(double l1, Row row) {
    return new LineAmps(l1, row.getDouble("limit_l2_amps"), row.getDouble("limit_l3_amps"));
  }

  static void forget(Transaction tx, Delta<NodeLimit> delta) {
    if (!delta.gone().isEmpty()) {
      tx.query(FORGET, (Object) delta.goneIds());
    }
  }

  static void write(Transaction tx, Delta<NodeLimit> delta) {
    if (!delta.written().isEmpty()) {
      tx.query(
          SET_ASIDE,
          (Object) delta.written().stream().map(NodeLimit::nodeLimitId).toArray(UUID[]::new));
      tx.batch(WRITE, delta.written().stream().map(LimitRows::tuple).toList());
    }
  }

  private static Tuple tuple(NodeLimit limit) {
    return Tuple.from(
        new Object[] {
          limit.nodeLimitId(),
          limit.microgridId(),
          limit.nodeId().orElse(null),
          limit.constraintType().name(),
          limit.limitWatts(),
          limit.limitAmps().map(LineAmps::l1).orElse(null),
          limit.limitAmps().map(LineAmps::l2).orElse(null),
          limit.limitAmps().map(LineAmps::l3).orElse(null),
          limit.sourceType().name(),
          limit.status().name(),
          limit.updatedAt().atOffset(ZoneOffset.UTC)
        });
  }
}
