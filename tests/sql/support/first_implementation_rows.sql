-- Some thousand rooms of the first implementation: open and idle ones, ended ones, guests and users,
-- duplicates, and rows as they should not be.

create function pg_temp.stamp(n integer) returns timestamptz language sql as $$
  select now() - make_interval(secs => 120 + (n % 400) * 60)
$$;

insert into reading_sessions (id, room_title, host_user_id, deck_id, selected_layout, question,
                              reading_step, selected_cards, shuffled_deck, active_card_index,
                              is_active, created_at, updated_at)
select uuid_generate_v5(uuid_ns_url(), 'session ' || n), 'Room ' || n,
       case when n % 3 = 0 then uuid_generate_v5(uuid_ns_url(), 'user ' || n) end, 'classic',
       case n % 3 when 0 then '{"id": "three-card", "name": "Three cards", "positions": []}'::jsonb
                  when 1 then '"freestyle"'::jsonb end,
       'What of ' || n || '?', case when n % 2 = 0 then 'drawing' else 'setup' end,
       case when n % 2 = 0 then '[
         {"id": "the-fool", "name": "The Fool", "position": "Past", "isReversed": true,
          "x": 25, "y": 50, "customPosition": null},
         {"id": "major-1", "name": "The Magician", "position": "Present", "isReversed": false}
       ]'::jsonb else '[]'::jsonb end,
       case when n % 2 = 0 then '[
         {"id": "the-star", "name": "The Star", "isReversed": true},
         {"id": "the-moon", "name": "The Moon"}, {"id": "the-fool", "name": "The Fool"}
       ]'::jsonb else '[]'::jsonb end,
       case when n % 2 = 0 then 1 end, n % 5 <> 0, pg_temp.stamp(n) - interval '20 minutes',
       pg_temp.stamp(n)
from generate_series(1, 3000) as n;

-- The host, then guests; some have never been seen, or have no name.
insert into session_participants (id, session_id, user_id, anonymous_id, name, is_active, joined_at,
                                  last_seen_at)
select uuid_generate_v5(uuid_ns_url(), 'person ' || n || ' ' || k),
       uuid_generate_v5(uuid_ns_url(), 'session ' || n),
       case when k = 1 and n % 3 = 0 then uuid_generate_v5(uuid_ns_url(), 'user ' || n) end,
       case when k > 1 or n % 3 <> 0 then 'guest ' || n || ' ' || k end,
       case when k < 3 then 'Person ' || k end, n % 5 <> 0,
       pg_temp.stamp(n) - make_interval(mins => 20 - k),
       case when k < 4 then pg_temp.stamp(n) - make_interval(mins => k) end
from generate_series(1, 3000) as n cross join generate_series(1, 3 + 1) as k;

-- A user who is in a session twice, and one who kept the id of a guest.
insert into session_participants (session_id, user_id, name, joined_at, last_seen_at)
select uuid_generate_v5(uuid_ns_url(), 'session ' || n),
       uuid_generate_v5(uuid_ns_url(), 'user ' || n), 'Twice', pg_temp.stamp(n),
       pg_temp.stamp(n) - interval '30 seconds'
from generate_series(3, 3000, 30) as n;
insert into session_participants (session_id, user_id, anonymous_id, name)
select uuid_generate_v5(uuid_ns_url(), 'session ' || n), uuid_generate_v4(), 'was guest ' || n, 'Both'
from generate_series(1, 3000, 100) as n;

insert into session_invites (id, session_id, created_by, expires_at, max_clicks, click_count,
                             is_active, created_at)
select uuid_generate_v5(uuid_ns_url(), 'invite ' || n),
       uuid_generate_v5(uuid_ns_url(), 'session ' || n), 'Person 1',
       case when n % 7 = 0 then now() - interval '1 day' end, case when n % 11 = 0 then 5 end,
       case when n % 13 <> 0 then n % 5 end, n % 5 <> 0, pg_temp.stamp(n)
from generate_series(1, 3000) as n;

insert into session_audit_log (session_id, event_type, event_data, created_at)
select uuid_generate_v5(uuid_ns_url(), 'session ' || n),
       (array['created', 'joined', 'joined', 'left'])[k], case when k < 4 then '{}'::jsonb end,
       pg_temp.stamp(n) - make_interval(mins => 20 - k)
from generate_series(1, 3000) as n cross join generate_series(1, 4) as k;
insert into session_audit_log (event_type) values ('left'), ('left');  -- of a session that is gone

-- As no client should have written them.
insert into reading_sessions (room_title, deck_id, reading_step, is_active, created_at, updated_at)
  values ('No stamps', 'classic', null, null, null, null);
insert into reading_sessions (id, room_title, deck_id, selected_cards, active_card_index)
  values (uuid_generate_v5(uuid_ns_url(), 'strange cards'), 'Strange cards', 'runes',
          '[{"id": "rune-1", "name": "Fehu"}]', -1);
insert into session_participants (session_id, joined_at, last_seen_at, is_active)
  select id, null, null, null from reading_sessions where room_title = 'Strange cards';
analyze;
