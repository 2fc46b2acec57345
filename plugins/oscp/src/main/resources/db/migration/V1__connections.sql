-- What is known of each connection: stage, tokens (sealed or as fingerprints), wishes, deadlines.
create table connection (
  connection_id text primary key,
  state         jsonb not null
);

-- Forecasts that hold, by group and type.
create table forecast_series (
  connection_id text  not null,
  group_id      text  not null,
  forecast_type text  not null,
  series        jsonb not null,
  primary key (connection_id, group_id, forecast_type)
);

-- Messages that were accepted, so that they are known when they come again.
create table seen_message (
  connection_id text        not null,
  identity      text        not null,
  request_id    text        not null,
  digest        text        not null,
  seen_at       timestamptz not null,
  primary key (connection_id, identity, request_id)
);
create index seen_message_by_time on seen_message (seen_at);

-- Messages that wait for delivery, each queue in the order of positions.
create table outgoing_message (
  position       bigint generated always as identity primary key,
  connection_id  text        not null,
  queue          text        not null,
  action         text        not null,
  request_id     text        not null unique,
  correlation_id text,
  body           text        not null,
  label          text        not null,
  created_at     timestamptz not null
);

-- Secrets that took the place of those in the settings; sealed.
create table secret (
  connection_id text not null,
  name          text not null,
  sealed        text not null,
  primary key (connection_id, name)
);

-- What meters had counted when the last window was made.
create table energy_counter (
  connection_id text  not null,
  node_id       uuid  not null,
  count         jsonb not null,
  primary key (connection_id, node_id)
);
