-- What happened, for good: nobody changes or removes a row.
create table audit_event (
  event_id       uuid primary key,
  occurred_at    timestamptz not null,
  actor          text        not null,
  source         text        not null,
  correlation_id text        not null,
  topic          text        not null,
  key            text,
  payload        jsonb       not null
);
create index audit_event_by_time on audit_event (occurred_at);
create index audit_event_by_correlation on audit_event (correlation_id);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;

create trigger audit_event_is_append_only
  before update or delete or truncate on audit_event
  for each statement execute function refuse_change();

-- What is still to be told on the bus, in the order of commits.
create table outbox (
  position     bigint generated always as identity primary key,
  event_id     uuid not null references audit_event,
  published_at timestamptz
);
create index outbox_unpublished on outbox (position) where published_at is null;
create index outbox_by_publication on outbox (published_at);
