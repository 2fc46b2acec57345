-- What stays the same from cycle to cycle: the tree with the limits in force, and the settings;
-- compressed JSON, once by its digest. Dropped with the last day that a cycle refers to it.
create table cycle_frame (
  digest       text  primary key,
  microgrid_id uuid  not null,
  site         text  not null,
  content      bytea not null,
  last_used    date  not null
);
create index cycle_frame_by_site on cycle_frame (microgrid_id, last_used desc);
create index cycle_frame_by_name on cycle_frame (site);

-- The rest, in the layout that the frame names; both absent where inputs were not kept.
alter table cycle add column frame text;
alter table cycle add column snapshot bytea;

-- Open ones are taken up by the next run; closed ones go with the cycles of their day.
create table breach (
  position     bigint      generated always as identity,
  breach_id    uuid        primary key,
  microgrid_id uuid        not null,
  detected_at  timestamptz not null,
  cleared_at   timestamptz,
  breach       jsonb       not null
);
create index breach_newest on breach (microgrid_id, detected_at desc, position desc);
create index breach_open on breach (microgrid_id) where cleared_at is null;
create index breach_closed on breach (cleared_at);
