-- Which sessions expire, and what is left of them.
\ir support/world.sql

select pg_temp.session('2 hours') as idle \gset
select pg_temp.session('2 hours') as deserted \gset
select pg_temp.session('3 hours') as visited \gset
select pg_temp.session('59 minutes') as young \gset
select pg_temp.session('2 minutes', '{"timeoutSeconds": 90}') as brief \gset
select pg_temp.session('2 hours', '{"timeoutSeconds": 10800}') as patient \gset
select pg_temp.session('9 years', '{"timeoutSeconds": "soon"}') as unreadable \gset
select pg_temp.session('2 hours') as extended \gset
update reading_sessions set extended_until = now() + interval '1 minute' where id = :'extended';
select pg_temp.guest(:'idle', 'ann', '2 hours') as ann \gset
select pg_temp.guest(:'visited', 'ben', '10 minutes') as ben \gset
update session_participants set is_active = false where id = :'ben';
insert into session_invites (session_id, code) values (:'idle', 'open');

select is(check_session_expiry(id), expired, format('SQ11 asked of a session that is %s', what))
  from (values (:'idle'::uuid, true, 'idle'), (:'deserted', true, 'deserted'),
               (:'visited', false, 'visited'), (:'young', false, 'young'),
               (:'brief', true, 'brief'), (:'patient', false, 'patient'),
               (:'unreadable', false, 'of no readable timeout'), (:'extended', false, 'extended'),
               (gen_random_uuid(), true, 'none'), (null, true, 'null'))
    as question (id, expired, what);
select is((select count(*) from reading_sessions where is_active), 8::bigint,
  'SQ11 whoever asks changes nothing');

select results_eq('select * from cleanup_inactive_sessions_report()',
  'values (3, 1, false)', 'SQ1 the report counts');
select results_eq('select * from cleanup_inactive_sessions_report()',
  'values (0, 1, false)', 'SQ1 SQ6 each expires once');
select is(pg_temp.is_open(:'idle'), false, 'SQ1 a session past its deadline expires');
select is(pg_temp.is_open(:'deserted'), false, 'SQ8 one without participants too');
select is(pg_temp.is_open(:'brief'), false, 'SQ7 by its own timeout');
select is(pg_temp.is_open(:'visited'), true, 'SQ2 the activity of who has left counts');
select is(pg_temp.is_open(:'young'), true, 'SQ2 none expires before the timeout');
select is(pg_temp.is_open(:'patient'), true, 'SQ7 nor before its own');
select is(pg_temp.is_open(:'unreadable'), true,
  'SQ7 a timeout that cannot be read expires nothing');
select is(pg_temp.is_open(:'extended'), true, 'SQ2 extended_until is kept');
select is(check_session_expiry(:'idle'), true, 'SQ11 what has ended is expired');

select row_eq(format('select end_reason, revision, ended_at, restorable_until from reading_sessions
                      where id = %L', :'idle'),
  row('expired'::text, 2::bigint, observed_now(), observed_now() + interval '24 hours'),
  'SQ1 the row says when and why, and until when it can be restored');
select row_eq(format('select is_active, leave_reason, left_at from session_participants
                      where id = %L', :'ann'),
  row(false, 'expired'::text, observed_now()), 'SQ1 its participants have left');
select results_eq($$ select is_active, closed_by_expiry from session_invites $$,
  'values (false, true)', 'SQ1 its invites are closed');
select is((select event_data - 'deadline' - 'lateness_ms' from session_audit_log
           where session_id = :'idle' and event_type = 'expired' and sequence = 1),
  jsonb_build_object('reason', 'inactivity_timeout', 'duration_minutes', 120.000,
                     'participant_count', 1, 'expired_at', rfc3339(observed_now())),
  'SQ1 the audit log has its entry');
select is((select count(*) from session_audit_log), 3::bigint, 'SQ6 one entry for each');

select pg_temp.session('100 minutes') as interrupted \gset
insert into service_outages (kind, started_at, ended_at, credit_ms) values
  ('outage', now() - interval '90 minutes', now() - interval '50 minutes', 0),
  ('outage', now() - interval '60 minutes', now() - interval '45 minutes', 0);
select is(expire_session(:'interrupted'), false,
  'SQ2 outages count for nobody, overlapping ones once');
delete from service_outages;
select is(expire_session(:'interrupted'), true, 'SQ2 without them it is due');
select is(expire_session(:'interrupted'), false, 'SQ6 and expires once');

select * from finish();
rollback;
