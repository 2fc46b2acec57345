-- One row per depot: its assets as imported, and the version of the tree derived from them.
create table microgrid (
  microgrid_id uuid primary key,
  depot_id     uuid not null unique,
  name         text not null,
  time_zone    text not null,
  version      integer not null check (version > 0),
  assets       jsonb not null
);

create table microgrid_node (
  node_id             uuid primary key,
  microgrid_id        uuid not null references microgrid,
  parent_node_id      uuid,
  name                text not null,
  node_type           text not null check (node_type in
    ('GRID_CONNECTION', 'CIRCUIT', 'CHARGE_POINT', 'CONNECTOR', 'POWER_SOURCE', 'VIRTUAL')),
  attached_asset_type text check (attached_asset_type in
    ('CIRCUIT', 'CHARGE_POINT', 'CONNECTOR', 'POWER_SOURCE')),
  attached_asset_id   uuid,
  status              text not null check (status in ('ACTIVE', 'MAINTENANCE', 'UNAVAILABLE')),
  display_order       integer not null,
  unique (microgrid_id, node_id),
  -- A parent belongs to the same microgrid, and a source asset to one node of it.
  foreign key (microgrid_id, parent_node_id) references microgrid_node (microgrid_id, node_id)
    deferrable initially deferred,
  unique (microgrid_id, attached_asset_id) deferrable initially deferred,
  check ((attached_asset_type is null) = (attached_asset_id is null)),
  check ((node_type = 'VIRTUAL') = (attached_asset_id is null)),
  check ((node_type = 'GRID_CONNECTION') = (parent_node_id is null))
);

create table node_limit (
  node_limit_id   uuid primary key,
  microgrid_id    uuid not null references microgrid,
  node_id         uuid,
  constraint_type text not null check (constraint_type in
    ('CONSUMPTION_CAP', 'GENERATION_CAP', 'NET_CAP')),
  limit_watts     integer not null check (limit_watts >= 0),
  source_type     text not null check (source_type in
    ('PHYSICAL_DERIVED', 'MANUAL', 'FAIL_SAFE', 'STATIC_POLICY')),
  status          text not null check (status in ('ACTIVE', 'INACTIVE')),
  updated_at      timestamptz not null,
  foreign key (microgrid_id, node_id) references microgrid_node (microgrid_id, node_id)
    deferrable initially deferred
);

-- At most one active limit per node (or the whole microgrid) and type.
create unique index node_limit_active
  on node_limit (microgrid_id, node_id, constraint_type) nulls not distinct
  where status = 'ACTIVE';
