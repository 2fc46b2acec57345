-- Rises with every change of a site, of its tree or of anything else.
alter table microgrid add revision bigint not null default 0;

alter table node_limit
  add limit_l1_amps double precision check (limit_l1_amps >= 0),
  add limit_l2_amps double precision check (limit_l2_amps >= 0),
  add limit_l3_amps double precision check (limit_l3_amps >= 0),
  add check (num_nulls(limit_l1_amps, limit_l2_amps, limit_l3_amps) in (0, 3));

create table control_point (
  control_point_id     uuid primary key,
  microgrid_id         uuid not null references microgrid,
  node_id              uuid,
  capability_type      text not null check (capability_type in
    ('LOAD_BALANCING', 'PEAK_SHAVING', 'DER', 'ENERGY_OPTIMISATION')),
  state                text not null check (state in ('enabled', 'disabled')),
  control_source       text not null check (control_source in ('LOCAL', 'EXTERNAL')),
  description          text not null,
  local_config         jsonb,
  external_config_type text,
  external_config_ref  text,
  schedule_ref         text,
  foreign key (microgrid_id, node_id) references microgrid_node (microgrid_id, node_id)
    deferrable initially deferred,
  check (schedule_ref is null or control_source = 'LOCAL'),
  check (control_source = 'LOCAL' or (external_config_type is not null and local_config is null)),
  check (control_source = 'EXTERNAL' or num_nonnulls(external_config_type, external_config_ref) = 0)
);

-- At most one enabled control point per node (or the whole microgrid) and capability.
create unique index control_point_enabled
  on control_point (microgrid_id, node_id, capability_type) nulls not distinct
  where state = 'enabled';

-- Every version of every tree: a row says what a node was from one version until another.
create table topology_version (
  microgrid_id   uuid        not null references microgrid,
  version        integer     not null check (version > 0),
  since          timestamptz not null,
  actor          text        not null,
  correlation_id text        not null,
  primary key (microgrid_id, version)
);

create table node_history (
  microgrid_id        uuid    not null,
  node_id             uuid    not null,
  from_version        integer not null,
  to_version          integer check (to_version > from_version),
  parent_node_id      uuid,
  name                text    not null,
  node_type           text    not null,
  attached_asset_type text,
  attached_asset_id   uuid,
  status              text    not null,
  display_order       integer not null,
  primary key (microgrid_id, node_id, from_version),
  foreign key (microgrid_id, from_version) references topology_version (microgrid_id, version)
);

create index node_history_now on node_history (microgrid_id, node_id) where to_version is null;

-- What was stored before versions were kept begins with the version it has.
insert into topology_version (microgrid_id, version, since, actor, correlation_id)
  select microgrid_id, version, now(), 'migration', 'V2' from microgrid;

insert into node_history
    (microgrid_id, node_id, from_version, parent_node_id, name, node_type, attached_asset_type,
     attached_asset_id, status, display_order)
  select n.microgrid_id, n.node_id, m.version, n.parent_node_id, n.name, n.node_type,
         n.attached_asset_type, n.attached_asset_id, n.status, n.display_order
  from microgrid_node n join microgrid m using (microgrid_id);
