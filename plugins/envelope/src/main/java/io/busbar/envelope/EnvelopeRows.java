package io.busbar.envelope;

import io.busbar.api.envelope.CircuitCapacity;
import io.busbar.api.envelope.CircuitCapacity.Trigger;
import io.busbar.api.envelope.EnvelopeBlock;
import io.busbar.api.envelope.EnvelopeSource;
import io.busbar.api.envelope.GapPolicy;
import io.busbar.api.envelope.OperatingEnvelope;
import io.busbar.api.envelope.OperatingEnvelope.Status;
import io.busbar.api.envelope.OperatingEnvelope.Type;
import io.busbar.api.envelope.Proof;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.wire.RecordJson;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What this plugin keeps, as rows. */
final class EnvelopeRows {

  static final String PUT_ENVELOPE =
      """
      insert into envelope
        (envelope_id, microgrid_id, node_id, origin_control_point_id, envelope_type,
         constraint_type, effective_from, effective_to, source_ref, status, received_at, blocks,
         content, revision, evaluated_to, actor, correlation_id, rejected_for)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::text::jsonb, $13, $14, $15, $16,
              $17, $18)
      on conflict (envelope_id) do update
      set status = excluded.status, blocks = excluded.blocks, evaluated_to = excluded.evaluated_to
      """;

  static final String PUT_SOURCE =
      """
      insert into envelope_source
        (control_point_id, microgrid_id, health, last_seen_at, stale_after_ms, gap_policy)
      values ($1, $2, $3, $4, $5, $6)
      on conflict (control_point_id) do update
      set health = excluded.health, last_seen_at = excluded.last_seen_at,
          stale_after_ms = excluded.stale_after_ms, gap_policy = excluded.gap_policy
      """;

  static final String PUT_CAPACITY =
      """
      insert into circuit_capacity
        (circuit_id, microgrid_id, node_id, default_capacity_watts, fail_safe_capacity_watts,
         effective_capacity_watts, source, trigger, computed_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      on conflict (circuit_id) do update
      set microgrid_id = excluded.microgrid_id, node_id = excluded.node_id,
          default_capacity_watts = excluded.default_capacity_watts,
          fail_safe_capacity_watts = excluded.fail_safe_capacity_watts,
          effective_capacity_watts = excluded.effective_capacity_watts,
          source = excluded.source, trigger = excluded.trigger,
          computed_at = excluded.computed_at
      """;

  static final String PUT_PROOF =
      """
      insert into proof
        (proof_id, microgrid_id, node_id, constraint_type, limit_watts, constraint_ref, source_ref,
         actor, received_at, effective_at, power_before_watts, under_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
      on conflict (proof_id) do update set under_at = excluded.under_at
      """;

  private EnvelopeRows() {}

  static Tuple tuple(Kept kept) {
    OperatingEnvelope envelope = kept.envelope();
    return Tuple.from(
        new Object[] {
          envelope.envelopeId(),
          envelope.microgridId(),
          envelope.nodeId(),
          envelope.originControlPointId().orElse(null),
          envelope.envelopeType().name(),
          envelope.constraintType().name(),
          utc(envelope.effectiveFrom()),
          envelope.effectiveTo().map(EnvelopeRows::utc).orElse(null),
          envelope.sourceRef(),
          envelope.status().name(),
          utc(envelope.receivedAt()),
          RecordJson.encode(envelope.blocks()),
          kept.content(),
          kept.revision(),
          utc(kept.evaluatedTo()),
          kept.actor(),
          kept.correlationId(),
          kept.rejectedFor().orElse(null)
        });
  }

  static Kept kept(Row row) {
    OperatingEnvelope envelope =
        new OperatingEnvelope(
            row.getUUID("envelope_id"),
            row.getUUID("microgrid_id"),
            row.getUUID("node_id"),
            Optional.ofNullable(row.getUUID("origin_control_point_id")),
            Type.valueOf(row.getString("envelope_type")),
            ConstraintType.valueOf(row.getString("constraint_type")),
            instant(row, "effective_from"),
            time(row, "effective_to"),
            row.getString("source_ref"),
            Status.valueOf(row.getString("status")),
            instant(row, "received_at"),
            List.of(RecordJson.decode(row.getString("blocks_text"), EnvelopeBlock[].class)));
    return new Kept(
        envelope,
        row.getUUID("content"),
        row.getInteger("revision"),
        instant(row, "evaluated_to"),
        row.getString("actor"),
        row.getString("correlation_id"),
        Optional.ofNullable(row.getString("rejected_for")));
  }

  static Tuple tuple(EnvelopeSource source) {
    return Tuple.of(
        source.controlPointId(),
        source.microgridId(),
        source.health().name(),
        source.lastSeenAt().map(EnvelopeRows::utc).orElse(null),
        source.staleAfter().toMillis(),
        source.gapPolicy().name());
  }

  static EnvelopeSource source(Row row) {
    return new EnvelopeSource(
        row.getUUID("control_point_id"),
        row.getUUID("microgrid_id"),
        EnvelopeSource.Health.valueOf(row.getString("health")),
        time(row, "last_seen_at"),
        Duration.ofMillis(row.getLong("stale_after_ms")),
        GapPolicy.valueOf(row.getString("gap_policy")));
  }

  static Tuple tuple(CircuitCapacity capacity) {
    return Tuple.of(
        capacity.circuitId(),
        capacity.microgridId(),
        capacity.nodeId(),
        capacity.defaultCapacityWatts(),
        capacity.failSafeCapacityWatts(),
        capacity.effectiveCapacityWatts(),
        capacity.source(),
        capacity.trigger().name(),
        utc(capacity.computedAt()));
  }

  static CircuitCapacity capacity(Row row) {
    return new CircuitCapacity(
        row.getUUID("circuit_id"),
        row.getUUID("microgrid_id"),
        row.getUUID("node_id"),
        row.getInteger("default_capacity_watts"),
        row.getInteger("fail_safe_capacity_watts"),
        row.getInteger("effective_capacity_watts"),
        row.getString("source"),
        Trigger.valueOf(row.getString("trigger")),
        instant(row, "computed_at"));
  }

  static Tuple tuple(Proof proof) {
    OptionalInt before = proof.powerBeforeWatts();
    return Tuple.from(
        new Object[] {
          proof.proofId(),
          proof.microgridId(),
          proof.nodeId(),
          proof.constraintType().name(),
          proof.limitWatts(),
          proof.constraintRef(),
          proof.sourceRef().orElse(null),
          proof.actor().orElse(null),
          proof.receivedAt().map(EnvelopeRows::utc).orElse(null),
          utc(proof.effectiveAt()),
          before.isPresent() ? (Integer) before.getAsInt() : null,
          proof.underAt().map(EnvelopeRows::utc).orElse(null)
        });
  }

  static Proof proof(Row row) {
    Integer before = row.getInteger("power_before_watts");
    return new Proof(
        row.getUUID("proof_id"),
        row.getUUID("microgrid_id"),
        row.getUUID("node_id"),
        ConstraintType.valueOf(row.getString("constraint_type")),
        row.getInteger("limit_watts"),
        row.getString("constraint_ref"),
        Optional.ofNullable(row.getString("source_ref")),
        Optional.ofNullable(row.getString("actor")),
        time(row, "received_at"),
        instant(row, "effective_at"),
        before == null ? OptionalInt.empty() : OptionalInt.of(before),
        time(row, "under_at"));
  }

  static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static Instant instant(Row row, String column) {
    return row.getOffsetDateTime(column).toInstant();
  }

  private static Optional<Instant> time(Row row, String column) {
    return Optional.ofNullable(row.getOffsetDateTime(column)).map(OffsetDateTime::toInstant);
  }
}
