-- Envelopes as they are. What became of them when is in envelope_evaluation and in the audit.
create table envelope (
  envelope_id             uuid primary key,
  microgrid_id            uuid        not null,
  node_id                 uuid        not null,
  origin_control_point_id uuid,
  envelope_type           text        not null check (envelope_type in ('TOU_LIMIT', 'FORECAST', 'FALLBACK', 'OVERRIDE')),
  constraint_type         text        not null check (constraint_type in ('CONSUMPTION_CAP', 'GENERATION_CAP', 'NET_CAP')),
  effective_from          timestamptz not null,
  effective_to            timestamptz,
  source_ref              text        not null,
  status                  text        not null check (status in ('PENDING', 'ACTIVE', 'EXPIRED', 'WITHDRAWN', 'REJECTED')),
  received_at             timestamptz not null,
  blocks                  jsonb       not null,
  content                 uuid        not null,
  revision                integer     not null,
  evaluated_to            timestamptz not null,
  actor                   text        not null,
  correlation_id          text        not null,
  rejected_for            text,
  unique nulls not distinct (microgrid_id, node_id, source_ref, origin_control_point_id, revision)
);
create index envelope_live on envelope (received_at, envelope_id) where status in ('PENDING', 'ACTIVE');
create index envelope_page on envelope (microgrid_id, received_at desc, envelope_id desc);
create index envelope_forecast on envelope (microgrid_id, node_id, constraint_type, origin_control_point_id, effective_to desc)
  where envelope_type = 'FORECAST' and status in ('EXPIRED', 'WITHDRAWN');

-- Their life: each boundary once, however often it is looked at.
create table envelope_evaluation (
  envelope_id  uuid        not null references envelope on delete cascade,
  evaluated_at timestamptz not null,
  status       text        not null,
  recorded_at  timestamptz not null,
  primary key (envelope_id, evaluated_at, status)
);

create table envelope_source (
  control_point_id uuid primary key,
  microgrid_id     uuid        not null,
  health           text        not null check (health in ('ONLINE', 'STALE', 'OFFLINE')),
  last_seen_at     timestamptz,
  stale_after_ms   bigint      not null check (stale_after_ms > 0),
  gap_policy       text        not null
);

-- What feeder circuits can carry, as computed last; can be made again from envelopes and topology.
create table circuit_capacity (
  circuit_id               uuid primary key,
  microgrid_id             uuid        not null,
  node_id                  uuid        not null,
  default_capacity_watts   integer     not null,
  fail_safe_capacity_watts integer     not null,
  effective_capacity_watts integer     not null,
  source                   text        not null,
  trigger                  text        not null,
  computed_at              timestamptz not null
);

-- The proof log: limits from outside, and when the site was under them.
create table proof (
  proof_id           uuid primary key,
  microgrid_id       uuid        not null,
  node_id            uuid        not null,
  constraint_type    text        not null,
  limit_watts        integer     not null,
  constraint_ref     text        not null,
  source_ref         text,
  actor              text,
  received_at        timestamptz,
  effective_at       timestamptz not null,
  power_before_watts integer,
  under_at           timestamptz
);
create index proof_newest on proof (microgrid_id, effective_at desc, proof_id desc);
create index proof_open on proof (microgrid_id) where under_at is null;
