-- Schedules of limits by time of use, as older consumers set them.
create table tou_schedule (
  circuit_id uuid primary key,
  schedule   jsonb       not null,
  updated_at timestamptz not null,
  actor      text        not null
);

-- Which envelope stands for which day of a circuit's calendar.
create table tou_day (
  circuit_id  uuid not null,
  day         date not null,
  envelope_id uuid not null,
  primary key (circuit_id, day)
);

-- What was told already: a repeated request tells nothing twice.
create table translation (
  event_id uuid primary key
);
