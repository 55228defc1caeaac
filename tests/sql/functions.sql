-- What callers know of each function: its arguments, answer and volatility, with whose rights it
-- runs, and where it looks for names.
\ir support/world.sql

create temporary table known (name text, arguments text[], answer text, volatility text);
insert into known values
  ('cleanup_inactive_sessions', '{}', 'void', 'volatile'),
  ('cleanup_inactive_sessions_report', '{}', 'record', 'volatile'),
  ('cleanup_expired_invites', '{}', 'integer', 'volatile'),
  ('schedule_session_cleanup', '{}', 'void', 'volatile'),
  ('check_session_expiry', '{uuid}', 'boolean', 'stable'),
  ('update_participant_last_seen', '{}', 'trigger', 'volatile'),
  ('log_session_event', '{uuid,text,uuid,uuid,text,jsonb}', 'uuid', 'volatile'),
  ('upsert_anonymous_participant', '{uuid,text,text}', 'uuid', 'volatile'),
  ('get_session_billing_data', '{timestamp with time zone,timestamp with time zone}',
   'setof record', 'stable'),
  ('get_session_analytics', '{timestamp with time zone,timestamp with time zone}',
   'setof record', 'stable'),
  ('apply_row_security', '{}', 'void', 'volatile'),
  ('expire_session', '{uuid}', 'boolean', 'volatile'),
  ('judge_session', '{uuid}', 'record', 'stable'),
  ('observed_now', '{}', 'timestamp with time zone', 'stable');

select has_function('public', name, arguments, format('SQ33 %s takes (%s)', name, arguments))
  from known;
select function_returns('public', name, arguments, answer,
                        format('SQ33 %s answers %s', name, answer)) from known;
select volatility_is('public', name, arguments, volatility,
                     format('SQ33 %s is %s', name, volatility)) from known;

-- The names are part of it: PostgREST and callers with => use them.
select is(pg_get_function_arguments(oid), arguments, format('SQ33 arguments of %s', proname))
  from pg_proc join (values
    ('check_session_expiry', 'session_id_param uuid'),
    ('log_session_event', 'p_session_id uuid, p_event_type text, p_participant_id uuid DEFAULT '
      'NULL::uuid, p_user_id uuid DEFAULT NULL::uuid, p_anonymous_id text DEFAULT NULL::text, '
      'p_event_data jsonb DEFAULT ''{}''::jsonb'),
    ('upsert_anonymous_participant', 'p_session_id uuid, p_anonymous_id text, p_name text'),
    ('get_session_billing_data', 'start_date timestamp with time zone, '
      'end_date timestamp with time zone'),
    ('get_session_analytics', 'start_date timestamp with time zone, '
      'end_date timestamp with time zone')) as expected (name, arguments) on name = proname
  where pronamespace = 'public'::regnamespace;
select is(pg_get_function_result('get_session_billing_data'::regproc),
  'TABLE(session_id uuid, host_user_id uuid, created_at timestamp with time zone, '
  'ended_at timestamp with time zone, duration_minutes numeric, participant_count bigint, '
  'total_interactions bigint, session_type text)', 'SQ33 columns of billing');
select is(pg_get_function_result('get_session_analytics'::regproc),
  'TABLE(total_sessions bigint, active_sessions bigint, completed_sessions bigint, '
  'expired_sessions bigint, avg_duration_minutes numeric, total_participants bigint, '
  'avg_participants_per_session numeric, guest_sessions bigint, authenticated_sessions bigint)',
  'SQ33 columns of analytics');

select set_eq(
  $$ select proname::text from pg_proc
     where pronamespace = 'public'::regnamespace and prosecdef $$,
  array['check_session_expiry', 'is_participant', 'is_host', 'draw_session_change',
        'write_webhook_deliveries'],
  'SQ33 these alone run with the rights of the owner');
select is_empty(
  $$ select proname from pg_proc
     where pronamespace = 'public'::regnamespace and not exists (
       select 1 from unnest(proconfig) as setting
       where setting in ('search_path=public, pg_temp', 'search_path=pg_catalog, pg_temp')) $$,
  'SQ33 SQ19 every function has its search path fixed, with temporary tables last');
select is_empty(
  $$ select proname from pg_proc where pronamespace = 'public'::regnamespace
     and prorettype <> 'trigger'::regtype and not 'TimeZone=UTC' = any (proconfig) $$,
  'SQ33 SQ19 every function that reckons with time does so in UTC');

select * from finish();
rollback;
