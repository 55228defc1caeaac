-- Guests and their activity, and the audit log, as older programs write them.
\ir support/world.sql

-- The trigger function, where an older program has put it on the table.
create trigger seen before update on session_participants
  for each row execute function update_participant_last_seen();
select pg_temp.session('2 hours') as room \gset
select pg_temp.guest(:'room', 'ann', '2 hours') as ann \gset
create function pg_temp.moves(change text) returns boolean language plpgsql as $$
declare
  moved boolean;
begin
  execute 'update session_participants set ' || change;
  select last_seen_at = date_trunc('milliseconds', now()) into moved from session_participants;
  update session_participants set last_seen_at = now() - interval '2 hours' where moved;
  return moved;
end
$$;
select is(pg_temp.moves(change), counts, format('SQ12 %s is %s', change,
                                                case when counts then 'activity' else 'none' end))
  from (values ($$name = 'Ann'$$, false), ($$role = 'reader'$$, false),
               ('is_active = true', true), ('is_active = false, left_at = now()', false),
               ('is_active = true, left_at = null', true)) as change (change, counts);
update session_participants set last_seen_at = '2020-01-01 00:00Z';
select is(last_seen_at, '2020-01-01 00:00Z', 'SQ12 what the writer says stands')
  from session_participants;
drop trigger seen on session_participants;

select pg_temp.session('30 minutes', '{"timeoutSeconds": 3600, "maxParticipants": 2}') as open \gset
update reading_sessions set warned_at = now(), generation = 3 where id = :'open';
select upsert_anonymous_participant(:'open', 'ann', 'Ann') as guest \gset
select is(upsert_anonymous_participant(:'open', 'ann', 'Anna'), :'guest'::uuid,
  'SQ18 a guest comes in once');
select row_eq(format('select name, role, is_active from session_participants where id = %L',
                     :'guest'), row('Anna'::text, 'participant'::text, true),
  'SQ18 under the name that was given last');
select row_eq(format('select last_activity_at, warned_at, revision from reading_sessions
                      where id = %L', :'open'),
  row(date_trunc('milliseconds', now()), null::timestamptz, 3::bigint),
  'SQ18 it counts as activity, and clears the warning');
select results_eq(
  format('select event_type, participant_id, anonymous_id, sequence, generation
          from session_audit_log where session_id = %L', :'open'),
  format($$ values ('joined', %L::uuid, 'ann', 1::bigint, 3) $$, :'guest'),
  'SQ18 SQ13 the audit log has one entry');
select lives_ok(format('select upsert_anonymous_participant(%L, %L, %L)', :'open', 'ben', ' '),
  'SQ18 a guest needs no name');
select is((select name from session_participants where anonymous_id = 'ben'), 'Guest',
  'SQ18 and is called a guest then');

create function pg_temp.refuses(session uuid, guest text, message text, because text)
returns text language sql as $$
  select throws_ok(format('select upsert_anonymous_participant(%L, %L, %L)', session, guest, 'Eve'),
                   message, 'SQ18 ' || because)
$$;
update session_participants set is_active = false, leave_reason = 'kicked'
  where anonymous_id = 'ben';
select pg_temp.refuses(:'open', 'ben', 'not_allowed', 'whoever was removed stays out');
update session_participants set is_active = true, leave_reason = null where anonymous_id = 'ben';
select pg_temp.refuses(:'open', 'eve', 'session_full', 'a full room takes nobody');
select pg_temp.refuses(:'open', '', 'a guest needs an anonymous_id', 'nobody comes in unnamed');
select pg_temp.session('61 minutes') as late \gset
select pg_temp.refuses(:'late', 'eve', 'session_expired', 'nor where the deadline is past');
select expire_session(:'late');
select pg_temp.refuses(:'late', 'eve', 'session_expired', 'nor where it has expired');
select pg_temp.session('1 minute') as done \gset
update reading_sessions set is_active = false, end_reason = 'completed' where id = :'done';
select pg_temp.refuses(:'done', 'eve', 'session_completed', 'nor where it was completed');
select pg_temp.refuses('00000000-0000-4000-8000-000000000000', 'eve', 'session_not_found',
                       'nor where there is none');
select is((select count(*) from session_participants where anonymous_id = 'eve'), 0::bigint,
  'SQ18 a refusal leaves nothing');

select log_session_event(:'open', 'noted', null, null, 'ann', '{"by": "ann"}') as entry \gset
select row_eq(format('select event_type, anonymous_id, event_data, sequence, generation, created_at
                      from session_audit_log where id = %L', :'entry'),
  row('noted'::text, 'ann'::text, '{"by": "ann"}'::jsonb, 3::bigint, 3,
      date_trunc('milliseconds', now())),
  'SQ13 an event is the next entry of its session');
select throws_ok($$ select log_session_event(gen_random_uuid(), 'noted') $$, 'P0002', null,
  'SQ13 a session that does not exist has no events');

select pg_temp.session('1 minute') as inviting \gset
insert into session_invites (session_id, code, expires_at) values
  (:'inviting', 'past', now() - interval '1 second'), (:'inviting', 'now', now()),
  (:'inviting', 'later', now() + interval '1 second'), (:'inviting', 'never', null);
select is(cleanup_expired_invites(), 2, 'SQ16 it says how many invites it closed');
select is(cleanup_expired_invites(), 0, 'SQ16 each is closed once');
select results_eq('select code, is_active, closed_by_expiry from session_invites order by ordinal',
  $$ values ('past', false, false), ('now', false, false), ('later', true, false),
            ('never', true, false) $$, 'SQ16 those past their own expiry are closed');

select * from finish();
rollback;
