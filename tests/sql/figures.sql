-- Billing and analytics over a range of time, half-open.
\ir support/world.sql

select '2026-03-01 00:00Z' as start, '2026-04-01 00:00Z' as after \gset
insert into reading_sessions (id, deck_id, created_at, updated_at, last_activity_at, ended_at,
                              is_active, end_reason, host_user_id, version) values
  ('00000000-0000-4000-8000-000000000001', 'classic', :'start', :'start', :'start',
   '2026-03-01 00:30Z', false, 'completed', gen_random_uuid(), 7),
  ('00000000-0000-4000-8000-000000000002', 'classic', '2026-03-31 23:59:59Z', :'start', :'start',
   '2026-04-01 01:29:59Z', false, 'expired', null, 0),
  ('00000000-0000-4000-8000-000000000003', 'classic', '2026-03-15 00:00Z', now(), now(), null,
   true, null, null, 2),
  ('00000000-0000-4000-8000-000000000004', 'classic', :'after', now(), now(), null, true, null,
   null, 0);
insert into session_participants (session_id, anonymous_id, is_active) values
  ('00000000-0000-4000-8000-000000000001', 'ann', false),
  ('00000000-0000-4000-8000-000000000001', 'ben', false),
  ('00000000-0000-4000-8000-000000000003', 'cyd', true);

select results_eq(
  format('select right(session_id::text, 1), host_user_id is null, ended_at, participant_count,
                 total_interactions, session_type from get_session_billing_data(%L, %L)',
         :'start', :'after'),
  $$ values ('1', false, '2026-03-01 00:30Z'::timestamptz, 2::bigint, 7::bigint, 'authenticated'),
            ('3', true, null, 1, 2, 'guest'),
            ('2', true, '2026-04-01 01:29:59Z', 0, 0, 'guest') $$,
  'SQ14 one row for each session of the range, in order of creation');
select results_eq(
  format('select duration_minutes from get_session_billing_data(%L, %L) where ended_at is not null',
         :'start', :'after'),
  'values (30.000), (90.000)', 'SQ14 a session lasts to its end');
select results_eq(
  format('select duration_minutes from get_session_billing_data(%L, %L) where ended_at is null',
         :'start', :'after'),
  $$ select round(extract(epoch from now() - '2026-03-15 00:00Z') / 60, 3) $$,
  'SQ14 an open one until now');
select is_empty(format('select * from get_session_billing_data(%L, %L)', :'start', :'start'),
  'SQ14 an empty range has none');

update reading_sessions set ended_at = created_at + interval '30 minutes' where is_active;
select results_eq(format('select * from get_session_analytics(%L, %L)', :'start', :'after'),
  $$ values (3::bigint, 1::bigint, 1::bigint, 1::bigint, 50.000, 3::bigint, 1.000, 2::bigint,
             1::bigint) $$, 'SQ15 analytics sum the same sessions');
select results_eq(format('select * from get_session_analytics(%L, %L)', :'start', :'start'),
  $$ values (0::bigint, 0::bigint, 0::bigint, 0::bigint, 0::numeric, 0::bigint, 0::numeric,
             0::bigint, 0::bigint) $$, 'SQ15 an empty range sums to nothing, not to null');

select * from finish();
rollback;
