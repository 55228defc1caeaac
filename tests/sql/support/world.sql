-- What each file begins with: pgTAP, and sessions of some age. All is undone at its end.
begin;
set local search_path = public, tap, pg_temp;
set local client_min_messages = warning;
select no_plan();

-- A session whose stamps are all of one age.
create function pg_temp.session(age interval, policy jsonb default null) returns uuid
language sql as $$
  insert into reading_sessions (deck_id, created_at, updated_at, last_activity_at, policy)
    values ('classic', now() - age, now() - age, now() - age, policy) returning id
$$;

create function pg_temp.guest(session uuid, name text, age interval) returns uuid
language sql as $$
  insert into session_participants (session_id, anonymous_id, name, joined_at, last_seen_at)
    values (session, name, name, now() - age, now() - age) returning id
$$;

create function pg_temp.is_open(session uuid) returns boolean
language sql as $$ select is_active from reading_sessions where id = session $$;
