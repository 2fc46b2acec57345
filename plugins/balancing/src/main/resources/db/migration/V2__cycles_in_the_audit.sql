-- A cycle's row is its own audit, so the audit shows it from there; of the result only the outline.
create or replace view audit_stream as
  select event_id, occurred_at, actor, source, correlation_id, topic, key, payload from audit_event
  union all
  select cycle_id, started_at,
         result -> 'audit' ->> 'actor', result -> 'audit' ->> 'source', correlation_id,
         'microgrid.cycle_completed.v1', microgrid_id::text,
         jsonb_build_object(
           'cycle_id', cycle_id, 'microgrid_id', microgrid_id, 'outcome', outcome,
           'reason_codes', result -> 'reason_codes',
           'allocation_summary', result -> 'allocation_summary')
  from cycle;
