-- What the audit shows, newest first by (occurred_at, event_id). A plugin whose own append-only
-- tables are the audit of their events replaces the view by a union with them (the same columns);
-- each part needs an index on (occurred_at, event_id), so that a page reads only what it shows.
create view audit_stream as
  select event_id, occurred_at, actor, source, correlation_id, topic, key, payload from audit_event;

create index audit_event_newest on audit_event (occurred_at, event_id);
create index audit_event_of_key on audit_event (key, occurred_at, event_id);
drop index audit_event_by_time;
