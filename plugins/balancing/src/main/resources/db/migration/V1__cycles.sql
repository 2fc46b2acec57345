-- One row per balancing cycle, the whole result as JSON; one partition per day (UTC), made and
-- dropped by the writer. This table is the audit of cycles: actor, source, times and inputs' digest
-- are part of the result.
create sequence cycle_position;

create table cycle (
  position       bigint      not null default nextval('cycle_position'),
  cycle_id       uuid        not null,
  microgrid_id   uuid        not null,
  started_at     timestamptz not null,
  correlation_id text        not null,
  outcome        text        not null check (outcome in ('APPLIED', 'CURTAILED', 'REJECTED')),
  result         jsonb       not null,
  primary key (started_at, cycle_id)
) partition by range (started_at);

create index cycle_by_id on cycle (cycle_id);
create index cycle_newest on cycle (microgrid_id, started_at desc, position desc);
create index cycle_by_correlation on cycle (microgrid_id, correlation_id);

-- Up to which position cycles were told on the bus; what is above is told again after a crash.
create table cycle_told (
  only_row boolean primary key default true check (only_row),
  position bigint not null
);
insert into cycle_told (position) values (0);
