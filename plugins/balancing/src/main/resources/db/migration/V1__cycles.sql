-- One row per balancing cycle, the whole result as JSON.
create table cycle (
  position     bigint generated always as identity primary key,
  cycle_id     uuid not null unique,
  microgrid_id uuid not null,
  started_at   timestamptz not null,
  outcome      text not null check (outcome in ('APPLIED', 'CURTAILED', 'REJECTED')),
  result       jsonb not null
);

create index cycle_newest on cycle (microgrid_id, position desc);
create index cycle_age on cycle (started_at);
