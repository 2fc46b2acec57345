-- Sessions as balancing knows them; what devices say and what was given stand apart inside. Rows
-- that have ended are not changed any more.
create table charging_session (
  session_id    uuid primary key,
  microgrid_id  uuid        not null,
  node_id       uuid        not null,
  plugged_in_at timestamptz not null,
  unplugged_at  timestamptz check (unplugged_at >= plugged_in_at),
  session       jsonb       not null
);
create index charging_session_newest
  on charging_session (microgrid_id, plugged_in_at desc, session_id desc);
create index charging_session_lasting on charging_session (microgrid_id) where unplugged_at is null;
create index charging_session_ended on charging_session (node_id, unplugged_at desc);

-- What somebody chose for a site, in the place of what its configuration says.
create table site_settings (
  microgrid_id uuid primary key,
  changed_at   timestamptz not null,
  settings     jsonb       not null
);
