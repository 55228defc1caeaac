-- The database of the first implementation, as a platform with PostgREST holds it: its tables and
-- functions, whatever lets its clients in, and some things of its operator's own.

create extension if not exists "uuid-ossp";

create table decks (id text primary key, title text not null);  -- its operator's own

create table reading_sessions (
  id uuid primary key default uuid_generate_v4(),
  room_title text not null,  -- its operator's own, too
  host_user_id uuid,
  deck_id text not null,
  selected_layout jsonb,
  question text default '',
  reading_step text default 'setup'
    check (reading_step in ('setup', 'ask-question', 'drawing', 'interpretation')),
  selected_cards jsonb default '[]',
  shuffled_deck jsonb default '[]',
  interpretation text default '',
  zoom_level double precision default 1.0,
  pan_offset jsonb default '{"x": 0, "y": 0}',
  zoom_focus jsonb,
  active_card_index integer,
  shared_modal_state jsonb,
  video_call_state jsonb,
  is_active boolean default true,
  created_at timestamptz default now(),
  updated_at timestamptz default now()
);
create index idx_reading_sessions_updated_at on reading_sessions (updated_at);

create table session_participants (
  id uuid primary key default uuid_generate_v4(),
  session_id uuid not null references reading_sessions (id) on delete cascade,
  user_id uuid,
  anonymous_id varchar(80),
  name text,
  is_active boolean default true,
  joined_at timestamptz default now(),
  last_seen_at timestamptz default now(),
  unique (session_id, anonymous_id)
);
create index idx_session_participants_last_seen on session_participants (last_seen_at);

create table session_invites (
  id uuid primary key default gen_random_uuid(),
  session_id uuid not null references reading_sessions (id),
  created_by text,
  expires_at timestamptz,
  max_clicks integer,
  click_count integer default 0,
  is_active boolean default true,
  created_at timestamptz default now(),
  updated_at timestamp default (now() at time zone 'UTC')
);

create table session_audit_log (
  id uuid primary key default gen_random_uuid(),
  session_id uuid references reading_sessions (id) on delete set null,
  event_type text not null
    check (event_type in ('created', 'joined', 'left', 'expired', 'completed')),
  participant_id uuid,
  user_id uuid,
  anonymous_id text,
  event_data jsonb default '{}',
  created_at timestamptz default now()
);
create index idx_session_audit_log_session_id on session_audit_log (session_id);

create view active_rooms as
  select id, room_title, question, selected_cards, shuffled_deck from reading_sessions where is_active;

create function touch_row() returns trigger language plpgsql as $$
begin
  new.updated_at := now();
  return new;
end
$$;
create trigger touch_session before update on reading_sessions
  for each row execute function touch_row();
create trigger touch_invite before update on session_invites
  for each row execute function touch_row();

create function update_participant_last_seen() returns trigger language plpgsql as $$
begin
  if new.is_active then new.last_seen_at := now(); end if;
  return new;
end
$$;
create trigger see_participant before update on session_participants
  for each row execute function update_participant_last_seen();

-- Whoever was seen last more than an hour ago has left, and with them the session.
create function cleanup_inactive_sessions() returns void
language plpgsql security definer as $$
begin
  update reading_sessions set is_active = false
    where is_active and updated_at < now() - interval '1 hour' and not exists (
      select 1 from session_participants where session_id = reading_sessions.id
        and last_seen_at > now() - interval '1 hour');
end
$$;

create function check_session_expiry(session_id_param uuid) returns boolean
language plpgsql security definer as $$
begin
  return not exists (select 1 from reading_sessions where id = session_id_param and is_active
                       and updated_at > now() - interval '1 hour');
end
$$;

create function log_session_event(
  p_session_id uuid, p_event_type text, p_participant_id uuid default null,
  p_user_id uuid default null, p_anonymous_id text default null, p_event_data jsonb default null)
returns uuid language sql security definer as $$
  insert into session_audit_log (session_id, event_type, participant_id, user_id, anonymous_id,
                                 event_data)
    values (p_session_id, p_event_type, p_participant_id, p_user_id, p_anonymous_id, p_event_data)
    returning id
$$;

create function upsert_anonymous_participant(p_session_id uuid, p_anonymous_id text, p_name text)
returns uuid language sql security definer as $$
  insert into session_participants (session_id, anonymous_id, name)
    values (p_session_id, p_anonymous_id, p_name)
    on conflict (session_id, anonymous_id) do update set is_active = true, name = excluded.name
    returning id
$$;

create function cleanup_expired_invites() returns void language sql security definer as $$
  update session_invites set is_active = false where is_active and expires_at < now()
$$;

create function get_session_billing_data(start_date timestamptz, end_date timestamptz)
returns table (session_id uuid, host_user_id uuid, created_at timestamptz, ended_at timestamptz,
               duration_minutes integer, participant_count integer, total_interactions integer,
               session_type text)
language sql security definer as $$
  select id, s.host_user_id, s.created_at, s.updated_at,
         (extract(epoch from s.updated_at - s.created_at) / 60)::integer,
         (select count(*)::integer from session_participants p where p.session_id = s.id), 0,
         case when s.host_user_id is null then 'guest' else 'authenticated' end
  from reading_sessions s where s.created_at between start_date and end_date
$$;

create function get_session_analytics(start_date timestamptz, end_date timestamptz)
returns table (total_sessions bigint, active_sessions bigint, completed_sessions bigint,
               avg_duration_minutes numeric)
language sql security definer as $$
  select count(*), count(*) filter (where is_active), count(*) filter (where not is_active), 0.0
  from reading_sessions where created_at between start_date and end_date
$$;

-- Not one of ours: it counts a click, and shows the invite's session.
create function use_invite(p_invite_id uuid) returns uuid language sql security definer as $$
  update session_invites set click_count = click_count + 1 where id = p_invite_id
    returning session_id
$$;

alter table reading_sessions enable row level security;
alter table session_participants enable row level security;
alter table session_invites enable row level security;
alter table session_audit_log enable row level security;
create policy "Anyone reads sessions" on reading_sessions for select using (true);
create policy "Anyone opens sessions" on reading_sessions for insert with check (true);
create policy "Anyone changes sessions" on reading_sessions for update using (true);
create policy "Anyone sits down" on session_participants for all using (true) with check (true);
create policy "Anyone invites" on session_invites for all using (true) with check (true);
create policy "Anyone logs" on session_audit_log for insert with check (true);
create policy "Own log" on session_audit_log for select to authenticated
  using (user_id::text = current_setting('request.jwt.claims', true)::jsonb ->> 'sub');

grant usage on schema public to anon, authenticated, service_role;
grant all on all tables in schema public to anon, authenticated, service_role;
grant execute on all functions in schema public to anon, authenticated, service_role;
alter default privileges in schema public grant all on tables to anon, authenticated, service_role;
