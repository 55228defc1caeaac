-- Expiry in SQL, for cron jobs and people, also while servers run or while none does. A session is
-- expired on the same conditions as by a server, or later, never earlier.

-- The number in a setting: the default where it is not set, null where it is no number.
create function setting_number(p_name text, p_default numeric) returns numeric
language sql stable as $$
  select case
    when value is null then p_default
    when trim(value) ~ '^([0-9]{1,12}(\.[0-9]{0,12})?|\.[0-9]{1,12})([eE][-+]?[0-9])?$'
      then trim(value)::numeric
  end
  from (select (select value from settings where name = p_name) as value) as setting
$$;

-- A number of a session's policy as seconds: the setting's where the policy names none. Null,
-- which nothing is ever later than, where it cannot be read or is over thirty years.
create function policy_span(p_policy jsonb, p_field text, p_unit integer, p_default numeric)
returns interval language sql immutable as $$
  select case when seconds between 0 and 1e9
    then make_interval(secs => round(seconds, 3)::double precision) end
  from (select p_unit * case
    when p_policy is null then p_default
    when jsonb_typeof(p_policy) <> 'object' then null
    when p_policy -> p_field is null then p_default
    when jsonb_typeof(p_policy -> p_field) = 'number' then (p_policy ->> p_field)::numeric
  end as seconds) as policy
$$;

-- A session's whole policy: what it does not say is as the settings say, as for a session that a
-- server makes now. A setting that cannot be read leaves a null, which no server takes for a policy.
create function whole_policy(p_policy jsonb) returns jsonb
language sql stable as $$
  select case when coalesce(jsonb_typeof(p_policy), 'object') <> 'object' then p_policy
    else jsonb_build_object(
      'timeoutSeconds', timeout,
      'warningSeconds', least(greatest(60 * setting_number('SESSION_EXPIRY_WARNING_MINUTES', 5),
                                       20), timeout / 2),
      'keepAlive', coalesce((select value from settings where name = 'SESSION_KEEP_ALIVE'),
                            'active'),
      'recoveryHours', setting_number('SESSION_RECOVERY_HOURS', 24),
      'maxParticipants', trim_scale(setting_number('SESSION_MAX_PARTICIPANTS', 16)))
      || coalesce(p_policy, '{}') end
  from (select case
    when jsonb_typeof(p_policy -> 'timeoutSeconds') = 'number'
      then (p_policy ->> 'timeoutSeconds')::numeric
    else 3600 * setting_number('SESSION_TIMEOUT_HOURS', 1)
  end as timeout) as setting
$$;

create function rfc3339(p_at timestamptz) returns text
language sql stable as $$
  select to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;

-- Null where one of them is infinite.
create function milliseconds_between(p_from timestamptz, p_to timestamptz) returns numeric
language sql immutable as $$
  select case when isfinite(p_from) and isfinite(p_to)
    then (extract(epoch from p_to) - extract(epoch from p_from)) * 1000 end
$$;

-- The time at which expiry is judged: the newest sign of life of any server, so that time in which
-- nobody listened counts for nobody. Without servers it is the caller's.
create function observed_now() returns timestamptz
language sql stable as $$
  select least(date_trunc('milliseconds', now()),
               (select max(alive_at) from servers))
$$;

-- The first instant at which p_span of observed time has passed since p_from.
create function after_observed(p_from timestamptz, p_span interval) returns timestamptz
language plpgsql stable as $$
declare
  reached timestamptz := p_from + p_span;
  credited timestamptz := p_from;  -- overlapping outages count once
  outage record;
begin
  for outage in select started_at, ended_at from service_outages
                where kind = 'outage' and ended_at > p_from order by started_at loop
    continue when outage.ended_at <= credited;
    exit when greatest(outage.started_at, credited) >= reached;
    reached := reached + (outage.ended_at - greatest(outage.started_at, credited));
    credited := outage.ended_at;
  end loop;
  return reached;
end
$$;

-- A server is lost when it is 30 s of observed time behind the newest.
create function server_is_lost(p_alive_at timestamptz) returns boolean
language sql stable as $$
  select after_observed(p_alive_at, interval '30 seconds') < observed_now()
$$;

-- What can be said of one open session; all null where there is none. `inactive` is what a join
-- would be refused for. `may_expire` waits longer where a server hears the session: that server
-- can still grant one lead to people who never saw their warning.
create function judge_session(
  p_session_id uuid, out judged_at timestamptz, out last_activity timestamptz,
  out deadline timestamptz, out inactive boolean, out may_expire boolean)
language plpgsql stable as $$
declare
  session reading_sessions;
  holder record;
  timeout interval;
  lead interval;
  is_heard boolean := false;
  heard_through timestamptz := 'infinity';
  listening_since timestamptz;
  due timestamptz;
begin
  select * into session from reading_sessions where id = p_session_id and is_active;
  if not found then return; end if;
  judged_at := observed_now();
  timeout := policy_span(session.policy, 'timeoutSeconds', 1,
                         3600 * setting_number('SESSION_TIMEOUT_HOURS', 1));
  lead := policy_span(session.policy, 'warningSeconds', 1,
                      60 * setting_number('SESSION_EXPIRY_WARNING_MINUTES', 5));
  lead := least(greatest(lead, interval '20 seconds'), timeout / 2);
  last_activity := greatest(
    session.created_at, session.updated_at, session.last_activity_at,
    (select max(last_seen_at) from session_participants where session_id = p_session_id));

  for holder in select servers.* from session_holds join servers on servers.id = server_id
                where session_id = p_session_id order by alive_at loop
    if server_is_lost(holder.alive_at) then
      -- It may have heard somebody for as long as a hold can lag.
      last_activity := greatest(last_activity,
                                least(holder.alive_at + interval '10 seconds',
                                      last_activity + interval '70 seconds'));
    else
      is_heard := true;
      heard_through := least(heard_through, holder.flushed_through);
    end if;
  end loop;

  deadline := after_observed(last_activity, timeout);
  if session.extended_until is not null then
    deadline := greatest(deadline, after_observed(session.extended_until - lead, lead));
  end if;
  due := deadline;
  select greatest((select max(started_at) from servers),
                  (select max(ended_at) from service_outages where kind = 'outage'))
    into listening_since;
  if session.created_at < listening_since then
    due := greatest(due, listening_since
                         + policy_span(null, '', 1, setting_number('PRESENCE_UPDATE_SECONDS', 30)));
  end if;
  inactive := timeout is not null and judged_at >= due and heard_through >= deadline;
  if is_heard and session.extended_until is null then
    due := greatest(due, after_observed(deadline, lead));
  end if;
  may_expire := inactive and judged_at >= due;
end
$$;

-- True where it expired the session. Whatever somebody else has locked is in use, and not waited
-- for: the next call finds it again.
create function expire_session(p_session_id uuid) returns boolean
language plpgsql as $$
declare
  session reading_sessions;
  verdict record;
  lost uuid[];
  active_count integer;
  locked_count integer;
begin
  select * into session from reading_sessions
    where id = p_session_id and is_active for update skip locked;
  if not found then return false; end if;
  -- A participant's row that is being written is an activity that cannot be seen yet. New rows
  -- wait for the session's.
  select count(*) into locked_count from (
    select 1 from session_participants where session_id = p_session_id
    for update skip locked) as locked;
  if locked_count <> (select count(*) from session_participants
                      where session_id = p_session_id) then
    return false;
  end if;
  select count(*) into locked_count from (
    select 1 from session_invites where session_id = p_session_id
    for update skip locked) as locked;
  if locked_count <> (select count(*) from session_invites where session_id = p_session_id) then
    return false;
  end if;
  -- A lost server must not come back between the judgement and its commit.
  select coalesce(array_agg(id), '{}') into lost from (
    select id from servers
    where id in (select server_id from session_holds where session_id = p_session_id)
      and server_is_lost(alive_at)
    for no key update skip locked) as holder;

  select * into verdict from judge_session(p_session_id);
  if verdict.may_expire is not true then return false; end if;
  if exists (select 1 from session_holds join servers on servers.id = server_id
             where session_id = p_session_id and server_is_lost(alive_at)
               and server_id <> all (lost)) then
    return false;
  end if;

  update servers set stopped_at = verdict.judged_at where id = any (lost) and stopped_at is null;
  delete from session_holds where session_id = p_session_id and server_id = any (lost);
  update reading_sessions set
    is_active = false, end_reason = 'expired', ended_at = verdict.judged_at,
    restorable_until = verdict.judged_at + coalesce(
      policy_span(policy, 'recoveryHours', 3600, setting_number('SESSION_RECOVERY_HOURS', 24)),
      interval '24 hours'),
    warned_at = null, extended_until = null,
    last_activity_at = greatest(last_activity_at, verdict.last_activity), revision = revision + 1
    where id = p_session_id;
  update session_participants set
    is_active = false, left_at = verdict.judged_at, leave_reason = 'expired'
    where session_id = p_session_id and is_active;
  get diagnostics active_count = row_count;
  update session_invites set
    is_active = false, closed_by_expiry = true, updated_at = verdict.judged_at
    where session_id = p_session_id and is_active;
  insert into session_audit_log (session_id, event_type, generation, created_at, event_data)
    values (p_session_id, 'expired', session.generation, verdict.judged_at, jsonb_build_object(
      'reason', 'inactivity_timeout',
      'duration_minutes', round(milliseconds_between(session.created_at, verdict.judged_at)
                                / 60000, 3),
      'participant_count', active_count,
      'expired_at', rfc3339(verdict.judged_at),
      'deadline', rfc3339(verdict.deadline),
      'lateness_ms', round(milliseconds_between(verdict.deadline, verdict.judged_at))));
  perform pg_notify('tarotforge_sessions', p_session_id::text);
  return true;
end
$$;

-- Open sessions that may be due, oldest first, by their rows alone: outages and holds make
-- deadlines later only. The timeout is reckoned in place because a call for each row costs more;
-- nothing is due by one that policy_span() cannot read, and nothing is added to stamps, which may be
-- as late as there are any.
create function inactive_sessions(
  p_after timestamptz, p_after_id uuid, p_now timestamptz, p_limit integer)
returns table (session_id uuid, session_updated_at timestamptz)
language plpgsql stable as $$
declare
  standard numeric := 3600 * setting_number('SESSION_TIMEOUT_HOURS', 1);
begin
  return query
    select id, updated_at
    from reading_sessions cross join lateral (
      select case
        when jsonb_typeof(policy -> 'timeoutSeconds') = 'number'
          then (policy ->> 'timeoutSeconds')::numeric
        else standard
      end as seconds) as timeout cross join lateral (
      select make_interval(secs => case when seconds between 0 and 1e9
        then seconds end::double precision) as span) as policy_timeout
    where is_active and updated_at <= p_now and (updated_at, id) > (p_after, p_after_id)
      and greatest(created_at, updated_at, last_activity_at) <= p_now - span
      and coalesce(extended_until <= p_now, true)
      and coalesce((select max(last_seen_at) from session_participants
                    where session_participants.session_id = reading_sessions.id)
                   <= p_now - span, true)
    order by updated_at, id limit p_limit;
end
$$;

-- Expires what is past its deadline, oldest first, for at most about 2 s, because the rows stay
-- locked until the caller commits. `more` says that time ran out before the end was seen.
create function cleanup_inactive_sessions_report(
  out sessions_expired integer, out sessions_kept integer, out more boolean)
language plpgsql as $$
declare
  stop_at timestamptz := clock_timestamp() + interval '2 seconds';
  batch constant integer := 500;
  candidate record;
  after timestamptz := '-infinity';
  after_id uuid := '00000000-0000-0000-0000-000000000000';
  seen integer;
begin
  sessions_expired := 0;
  sessions_kept := 0;
  more := true;
  loop
    seen := 0;
    for candidate in select * from inactive_sessions(after, after_id, observed_now(), batch) loop
      if expire_session(candidate.session_id) then
        sessions_expired := sessions_expired + 1;
      else
        sessions_kept := sessions_kept + 1;
      end if;
      seen := seen + 1;
      after := candidate.session_updated_at;
      after_id := candidate.session_id;
      if clock_timestamp() >= stop_at then return; end if;
    end loop;
    exit when seen < batch;
  end loop;
  more := false;
end
$$;
