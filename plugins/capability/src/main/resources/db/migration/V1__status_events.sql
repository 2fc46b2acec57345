-- The history of statuses, which is their audit as well: nobody changes or removes a row.
create table status_event (
  position           bigint generated always as identity primary key,
  status_event_id    uuid        not null unique,
  microgrid_id       uuid        not null,
  control_point_id   uuid        not null,
  node_id            uuid,
  capability_type    text        not null,
  operational_status text        not null,
  reported_by        text        not null check (reported_by in ('LOCAL', 'EXTERNAL')),
  observed_at        timestamptz not null,
  ingested_at        timestamptz not null,
  source_event_ref   text,
  idempotency_key    text        not null,
  status_detail      jsonb,
  actor              text        not null,
  source             text        not null,
  correlation_id     text        not null,
  unique (control_point_id, idempotency_key)
);
create index status_event_newest
  on status_event (control_point_id, observed_at, ingested_at, status_event_id);
create index status_event_in_audit on status_event (ingested_at, status_event_id);

create trigger status_event_is_append_only
  before update or delete or truncate on status_event
  for each statement execute function refuse_change();

-- The latest of each control point; can be dropped and made again from the history.
create table status_projection (
  control_point_id          uuid primary key,
  microgrid_id              uuid        not null,
  node_id                   uuid,
  capability_type           text        not null,
  status_event_id           uuid        not null,
  latest_operational_status text        not null,
  reported_by               text        not null,
  last_observed_at          timestamptz not null,
  last_ingested_at          timestamptz not null,
  status_detail             jsonb
);
create index status_projection_of_microgrid on status_projection (microgrid_id, control_point_id);

-- Up to which position statuses were told on the bus; what is above is told again after a crash.
create table status_told (
  only_row boolean primary key default true check (only_row),
  position bigint not null
);
insert into status_told (position) values (0);

-- Messages that could not become a status, with the reason.
create table dead_letter (
  position      bigint generated always as identity primary key,
  received_at   timestamptz not null,
  door          text        not null,
  address       text        not null,
  reason        text        not null,
  message       text        not null,
  payload       bytea       not null,
  payload_bytes integer     not null
);

create or replace view audit_stream as
  select event_id, occurred_at, actor, source, correlation_id, topic, key, payload from audit_event
  union all
  select status_event_id, ingested_at, actor, source, correlation_id,
         'microgrid.capability_status.recorded.v1', microgrid_id::text,
         jsonb_build_object(
           'event_id', status_event_id, 'microgrid_id', microgrid_id,
           'control_point_id', control_point_id, 'node_id', node_id,
           'capability_type', capability_type, 'operational_status', operational_status,
           'source_event_ref', source_event_ref, 'observed_at', observed_at)
  from status_event;
