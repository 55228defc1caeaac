-- What other programs call: cleanup, the question whether a session has expired, guests, the audit
-- log, billing and analytics.

create function cleanup_inactive_sessions() returns void
language plpgsql as $$
declare
  report record;
begin
  select * into report from cleanup_inactive_sessions_report();
  raise notice 'Cleanup completed. Removed % sessions', report.sessions_expired;
  if report.more then
    raise notice 'More sessions may be due: call cleanup_inactive_sessions() again';
  end if;
end
$$;

-- A session that does not exist is expired.
create function check_session_expiry(session_id_param uuid) returns boolean
language sql stable security definer as $$
  select coalesce((select inactive from judge_session(session_id_param)), true)
$$;

-- Closes invites past their own expiry; answers how many.
create function cleanup_expired_invites() returns integer
language plpgsql as $$
declare
  closed integer;
begin
  update session_invites set is_active = false, updated_at = date_trunc('milliseconds', now())
    where id in (select id from session_invites
                 where is_active and expires_at <= now() for update skip locked);
  get diagnostics closed = row_count;
  return closed;
end
$$;

-- Has pg_cron sweep each minute, because a run ends after about 2 s. Each commits by itself.
create function schedule_session_cleanup() returns void
language plpgsql as $$
begin
  if to_regprocedure('cron.schedule(text, text, text)') is null then
    raise notice 'pg_cron is not installed in this database: nothing is scheduled. '
                 'A running server sweeps by itself.';
    return;
  end if;
  execute 'select cron.schedule($1, $2, $3)' using 'tarotforge-session-cleanup', '* * * * *',
    format('select %I.cleanup_inactive_sessions(); select %I.cleanup_expired_invites()',
           current_schema(), current_schema());
end
$$;

-- For a trigger before update on session_participants, where an older program writes. Repeating a
-- row as it is, or activating it, is an activity; a rename, a leave and a change of role are none.
-- What the writer itself puts into last_seen_at stands.
create function update_participant_last_seen() returns trigger
language plpgsql as $$
begin
  if new.is_active and new.last_seen_at is not distinct from old.last_seen_at
     and (not old.is_active or new is not distinct from old) then
    new.last_seen_at := greatest(old.last_seen_at, date_trunc('milliseconds', now()));
  end if;
  return new;
end
$$;

create function log_session_event(
  p_session_id uuid, p_event_type text, p_participant_id uuid default null,
  p_user_id uuid default null, p_anonymous_id text default null, p_event_data jsonb default '{}')
returns uuid language plpgsql as $$
declare
  session reading_sessions;
  entry uuid;
begin
  select * into session from reading_sessions where id = p_session_id for update;
  if not found then
    raise exception 'session % does not exist', p_session_id using errcode = 'no_data_found';
  end if;
  insert into session_audit_log (session_id, event_type, participant_id, user_id, anonymous_id,
                                 event_data, generation, created_at)
    values (p_session_id, p_event_type, p_participant_id, p_user_id, p_anonymous_id,
            coalesce(p_event_data, '{}'), session.generation, date_trunc('milliseconds', now()))
    returning id into entry;
  return entry;
end
$$;

-- Lets a guest in, or in again, and answers the participant. The caller has checked the invite.
create function upsert_anonymous_participant(
  p_session_id uuid, p_anonymous_id text, p_name text) returns uuid
language plpgsql as $$
declare
  at constant timestamptz := date_trunc('milliseconds', now());
  session reading_sessions;
  guest session_participants;
  is_return boolean;
begin
  if coalesce(p_anonymous_id, '') = '' then
    raise exception 'a guest needs an anonymous_id' using errcode = 'null_value_not_allowed';
  end if;
  select * into session from reading_sessions where id = p_session_id for update;
  if not found then
    raise exception 'session_not_found' using errcode = 'no_data_found';
  elsif session.end_reason = 'completed' then
    raise exception 'session_completed' using detail = 'This reading has ended.';
  elsif not session.is_active or check_session_expiry(p_session_id) then
    raise exception 'session_expired' using detail = 'This reading has expired.';
  end if;
  select * into guest from session_participants
    where session_id = p_session_id and anonymous_id = p_anonymous_id for update;
  is_return := found;
  if is_return and guest.leave_reason = 'kicked' then
    raise exception 'not_allowed' using detail = 'The host has removed this participant.';
  end if;
  if not is_return and (select count(*) from session_participants
                        where session_id = p_session_id and is_active)
      >= coalesce((session.policy ->> 'maxParticipants')::numeric,
                  setting_number('SESSION_MAX_PARTICIPANTS', 16), 16) then
    raise exception 'session_full' using detail = 'This reading room is full.';
  end if;

  if is_return then
    update session_participants set
      name = coalesce(nullif(trim(p_name), ''), name), is_active = true, left_at = null,
      leave_reason = null, last_seen_at = greatest(last_seen_at, at)
      where id = guest.id;
  else
    insert into session_participants (session_id, anonymous_id, name, joined_at, last_seen_at)
      values (p_session_id, p_anonymous_id, coalesce(nullif(trim(p_name), ''), 'Guest'), at, at)
      returning * into guest;
  end if;
  update reading_sessions set last_activity_at = greatest(last_activity_at, at), warned_at = null,
    extended_until = null, revision = revision + 1 where id = p_session_id;
  if not (is_return and guest.is_active) then
    perform log_session_event(p_session_id, 'joined', guest.id, null, p_anonymous_id);
  end if;
  perform pg_notify('tarotforge_sessions', p_session_id::text);
  return guest.id;
end
$$;

-- One row per session created in [start_date, end_date). An open session lasts until now; its
-- interactions are its operations.
create function get_session_billing_data(start_date timestamptz, end_date timestamptz)
returns table (session_id uuid, host_user_id uuid, created_at timestamptz, ended_at timestamptz,
               duration_minutes numeric, participant_count bigint, total_interactions bigint,
               session_type text)
language sql stable as $$
  select id, reading_sessions.host_user_id, reading_sessions.created_at, reading_sessions.ended_at,
         round(milliseconds_between(reading_sessions.created_at,
                                    coalesce(reading_sessions.ended_at, now())) / 60000, 3),
         (select count(*) from session_participants
          where session_participants.session_id = reading_sessions.id),
         version,
         case when reading_sessions.host_user_id is null then 'guest' else 'authenticated' end
  from reading_sessions
  where reading_sessions.created_at >= start_date and reading_sessions.created_at < end_date
  order by reading_sessions.created_at, id
$$;

create function get_session_analytics(start_date timestamptz, end_date timestamptz)
returns table (total_sessions bigint, active_sessions bigint, completed_sessions bigint,
               expired_sessions bigint, avg_duration_minutes numeric, total_participants bigint,
               avg_participants_per_session numeric, guest_sessions bigint,
               authenticated_sessions bigint)
language sql stable as $$
  select count(*), count(*) filter (where is_active),
         count(*) filter (where end_reason = 'completed'),
         count(*) filter (where end_reason = 'expired'),
         coalesce(round(avg(duration_minutes), 3), 0), coalesce(sum(participant_count), 0)::bigint,
         coalesce(round(avg(participant_count), 3), 0),
         count(*) filter (where session_type = 'guest'),
         count(*) filter (where session_type = 'authenticated')
  from get_session_billing_data(start_date, end_date)
  join reading_sessions on id = session_id
$$;

-- All functions look for names in the schema of the tables alone, whoever calls them, and reckon
-- days of 24 hours.
do $$
declare
  routine regprocedure;
begin
  for routine in
    select oid::regprocedure from pg_proc
    where pronamespace = current_schema()::regnamespace and proname in (
      'setting_number', 'policy_span', 'whole_policy', 'observed_now', 'after_observed', 'server_is_lost',
      'judge_session', 'expire_session', 'rfc3339', 'milliseconds_between', 'inactive_sessions',
      'cleanup_inactive_sessions_report', 'cleanup_inactive_sessions', 'check_session_expiry',
      'cleanup_expired_invites', 'schedule_session_cleanup', 'update_participant_last_seen',
      'log_session_event', 'upsert_anonymous_participant', 'get_session_billing_data',
      'get_session_analytics')
  loop
    execute format('alter function %s set search_path = %I, pg_temp', routine,
                   current_schema());
    execute format('alter function %s set timezone = ''UTC''', routine);
  end loop;
end
$$;
