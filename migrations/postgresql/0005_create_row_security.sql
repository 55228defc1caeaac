-- What the roles of PostgREST may see where they exist: `anon` nothing but whether a session has
-- expired, `authenticated` the rooms they sit in without anything secret, `service_role` all. The
-- servers connect as the owner of the tables, whom policies do not bind.

-- The signed-in user of a request, as PostgREST tells it.
create function requesting_user() returns uuid
language plpgsql stable as $$
begin
  return nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub';
exception when others then
  return null;  -- claims that cannot be read name nobody
end
$$;

-- These two read as the owner, because a policy must not ask the table that it guards.
create function is_participant(p_session_id uuid) returns boolean
language sql stable security definer as $$
  select exists (select 1 from session_participants
                 where session_id = p_session_id and user_id = requesting_user()
                   and leave_reason is distinct from 'kicked')
$$;

create function is_host(p_session_id uuid) returns boolean
language sql stable security definer as $$
  select exists (select 1 from reading_sessions
                 join session_participants on session_participants.id = host_participant_id
                 where reading_sessions.id = p_session_id and user_id = requesting_user())
$$;

-- To be called again by the owner after one of the roles was made.
create function apply_row_security() returns void
language plpgsql as $$
declare
  home constant text := current_schema();
  ours constant text[] := array[
    'reading_sessions', 'session_participants', 'session_invites', 'session_audit_log',
    'session_operations', 'idempotency_keys', 'servers', 'session_holds', 'service_outages',
    'server_minutes', 'settings', 'summed_figures', 'summed_usage', 'schema_migrations',
    'webhook_deliveries'];
  roles text;
  item text;
begin
  select string_agg(quote_ident(rolname), ', ') into roles from pg_roles
    where rolname in ('anon', 'authenticated', 'service_role');
  if roles is null then return; end if;

  execute format('grant usage on schema %I to %s', home, roles);
  for item in
    select relname from pg_class where relnamespace = home::regnamespace and relname = any (ours)
  loop
    execute format('alter table %I enable row level security', item);
    execute format('revoke all on %I from public, %s', item, roles);
    execute format('drop policy if exists service_role_all on %I', item);
    continue when to_regrole('service_role') is null;
    execute format('create policy service_role_all on %I to service_role
                    using (true) with check (true)', item);
    execute format('grant select, insert, update, delete on %I to service_role', item);
  end loop;

  -- Those that number rows of ours, and the counter of changes. Inserting a row draws its number
  -- without a right to.
  for item in
    select relname from pg_class as sequence
    where relkind = 'S' and relnamespace = home::regnamespace
      and (relname = 'session_changes' or exists (
        select 1 from pg_depend join pg_class as numbered on numbered.oid = refobjid
        where classid = 'pg_class'::regclass and objid = sequence.oid
          and refclassid = 'pg_class'::regclass and deptype in ('a', 'i')
          and numbered.relnamespace = home::regnamespace and numbered.relname = any (ours)))
  loop
    execute format('revoke all on sequence %I from public, %s', item, roles);
    continue when to_regrole('service_role') is null;
    execute format('grant usage, select on sequence %I to service_role', item);
  end loop;

  for item in
    select oid::regprocedure from pg_proc
    where pronamespace = home::regnamespace
      and proconfig = array[format('search_path=%I, pg_temp', home), 'TimeZone=UTC']
  loop
    execute format('revoke all on function %s from public, %s', item, roles);
    continue when to_regrole('service_role') is null;
    execute format('grant execute on function %s to service_role', item);
  end loop;

  if to_regrole('anon') is not null then
    grant execute on function check_session_expiry(uuid) to anon;
  end if;
  drop policy if exists authenticated_own on reading_sessions;
  drop policy if exists authenticated_own on session_participants;
  drop policy if exists authenticated_own on session_invites;
  if to_regrole('authenticated') is null then return; end if;
  grant execute on function check_session_expiry(uuid), requesting_user(), is_participant(uuid),
    is_host(uuid) to authenticated;
  -- Not the deck, nor cards that may lie face down, nor what proves who somebody is.
  grant select (id, host_user_id, deck_id, selected_layout, question, reading_step, interpretation,
                zoom_level, pan_offset, zoom_focus, active_card_index, is_active, created_at,
                updated_at, generation, version, last_activity_at, extended_until, warned_at,
                ended_at, end_reason, restorable_until, purged_at, policy, host_participant_id,
                original_host_participant_id, table_locked) on reading_sessions to authenticated;
  grant select (id, session_id, user_id, name, is_active, joined_at, last_seen_at, role, left_at,
                leave_reason) on session_participants to authenticated;
  grant select on session_invites to authenticated;
  create policy authenticated_own on reading_sessions for select to authenticated
    using (is_participant(id));
  create policy authenticated_own on session_participants for select to authenticated
    using (is_participant(session_id));
  create policy authenticated_own on session_invites for select to authenticated
    using (is_host(session_id));
end
$$;

do $$
declare
  routine regprocedure;
begin
  for routine in
    select oid::regprocedure from pg_proc
    where pronamespace = current_schema()::regnamespace
      and proname in ('requesting_user', 'is_participant', 'is_host', 'apply_row_security')
  loop
    execute format('alter function %s set search_path = %I, pg_temp', routine,
                   current_schema());
    execute format('alter function %s set timezone = ''UTC''', routine);
  end loop;
end
$$;

select apply_row_security();
