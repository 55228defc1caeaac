-- Who hears the sessions, when nobody could, and the settings that all readers of the file share.

create table servers (
  id blob primary key not null check (length(id) = 16),
  started_at integer not null,
  alive_at integer not null,
  flushed_through integer not null,
  stopped_at integer,
  version text not null default ''
) strict;

create index idx_servers_alive_at on servers (alive_at);

create table session_holds (
  session_id blob not null references reading_sessions (id) on delete cascade,
  server_id blob not null references servers (id) on delete cascade,
  primary key (session_id, server_id)
) strict, without rowid;

create index idx_session_holds_server_id on session_holds (server_id);

-- 'outage': nobody could hear from started_at to ended_at. 'clock': the wall clock jumped by
-- credit_ms, and the stamps of open sessions were shifted by as much in the same transaction.
create table service_outages (
  id integer primary key,
  kind text not null check (kind in ('outage', 'clock')),
  started_at integer not null,
  ended_at integer not null,
  credit_ms integer not null
) strict;

create index idx_service_outages_ended_at on service_outages (kind, ended_at);

-- What each server measured in the minute before `at`, for charts; kept for a day.
create table server_minutes (
  server_id blob not null check (length(server_id) = 16),  -- its row in servers may be gone
  at integer not null,
  active_sessions integer not null,
  connected integer not null,
  connections integer not null,
  joins integer not null,
  operations integer not null,
  heartbeats integer not null,
  memory_bytes integer not null,
  lateness_p99_ms integer,
  flush_lag_ms integer not null,
  primary key (at, server_id)
) strict, without rowid;

-- The figures of whole days of UTC whose sessions were all purged, summed once: what is not here is
-- counted from the rows. Each day from the first to the last has at least a row without a name.
create table summed_figures (
  day integer not null,
  name text not null,
  key text not null,
  count integer not null,
  primary key (day, name, key)
) strict, without rowid;

-- By host, who is null for all guests together. Minutes are in thousandths.
create table summed_usage (
  day integer not null,
  host_user_id blob,
  sessions integer not null,
  minutes integer not null,
  participant_minutes integer not null,
  operations integer not null
) strict;

create index idx_summed_usage_day on summed_usage (day);

create table settings (
  name text primary key not null,
  value text not null
) strict, without rowid;
