-- Row level security: which policies there are for which role, and what each role is granted.
\ir support/world.sql

create temporary table guarded (name text, is_read boolean);
insert into guarded select name, name in ('reading_sessions', 'session_participants',
                                          'session_invites')
  from unnest(array['reading_sessions', 'session_participants', 'session_invites',
                    'session_audit_log', 'session_operations', 'idempotency_keys', 'servers',
                    'session_holds', 'service_outages', 'server_minutes', 'settings',
                    'summed_figures', 'summed_usage', 'webhook_deliveries']) as name;

select ok(relrowsecurity, format('SQ35 rows of %s are guarded', name))
  from guarded join pg_class on oid = name::regclass;
select policies_are('public', name,
  case when is_read then array['service_role_all', 'authenticated_own']
       else array['service_role_all'] end::name[],
  format('SQ35 policies of %s', name)) from guarded;
select policy_roles_are('public', name, 'service_role_all', array['service_role']::name[],
  format('SQ35 SQ24 all of %s is for service_role alone', name)) from guarded;
select policy_cmd_is('public', name, 'service_role_all', 'all',
  format('SQ35 SQ24 service_role reads and writes %s', name)) from guarded;
select policy_roles_are('public', name, 'authenticated_own', array['authenticated']::name[],
  format('SQ35 SQ21 own rows of %s are for authenticated alone', name)) from guarded where is_read;
select policy_cmd_is('public', name, 'authenticated_own', 'select',
  format('SQ35 SQ23 own rows of %s are only read', name)) from guarded where is_read;

select table_privs_are('public', name, 'anon', '{}'::name[],
  format('SQ35 SQ20 anon has no right on %s', name)) from guarded;
select is_empty(
  format('select column_name from information_schema.column_privileges
          where table_name = %L and grantee in (%L, %L)', name, 'anon', 'PUBLIC'),
  format('SQ35 SQ20 nor on a column of %s', name)) from guarded;
select table_privs_are('public', name, 'service_role',
  array['SELECT', 'INSERT', 'UPDATE', 'DELETE']::name[],
  format('SQ35 SQ24 rights of service_role on %s', name)) from guarded;
select is_empty(
  format('select privilege_type from information_schema.column_privileges
          where table_name = %L and grantee = %L and privilege_type <> %L', name, 'authenticated',
         'SELECT'),
  format('SQ35 SQ23 authenticated changes no column of %s', name)) from guarded;
select is_empty(
  $$ select table_name, column_name from information_schema.column_privileges
     where grantee = 'authenticated' and (column_name like '%hash%' or column_name like '%nonce%'
       or column_name in ('shuffled_deck', 'selected_cards', 'shuffle_commitments', 'revision',
                          'anonymous_id')) $$,
  'SQ35 SQ22 nothing secret is granted to authenticated');

select set_eq(
  format($$ select proname::text from pg_proc where pronamespace = 'public'::regnamespace
            and prorettype <> 'trigger'::regtype and has_function_privilege(%L, oid, 'execute') $$,
         role),
  calls, format('SQ35 what %s may call', role))
  from (values ('anon', array['check_session_expiry']),
               ('authenticated', array['check_session_expiry', 'requesting_user',
                                       'is_participant', 'is_host'])) as rights (role, calls);
select function_privs_are('public', name, arguments, 'service_role', array['EXECUTE']::name[],
  format('SQ35 SQ24 service_role calls %s', name))
  from (values ('cleanup_inactive_sessions', '{}'::name[]), ('cleanup_expired_invites', '{}'),
               ('upsert_anonymous_participant', '{uuid,text,text}'),
               ('get_session_analytics',
                '{timestamp with time zone,timestamp with time zone}')) as call (name, arguments);

-- And in effect.
select pg_temp.session('1 minute') as hers \gset
select pg_temp.session('1 minute') as other \gset
insert into session_participants (session_id, user_id) values
  (:'hers', '00000000-0000-4000-8000-0000000000aa');
set local request.jwt.claims = '{"sub": "00000000-0000-4000-8000-0000000000aa"}';
set local role authenticated;
select is((select array_agg(id) from reading_sessions), array[:'hers'::uuid],
  'SQ35 SQ21 a user reads the session they sit in');
select throws_ok('select shuffled_deck from reading_sessions', '42501', null,
  'SQ35 SQ22 and not its deck');
select throws_ok('update reading_sessions set is_active = false', '42501', null,
  'SQ35 SQ23 and writes nothing');
set local role anon;
select throws_ok('select id from reading_sessions', '42501', null, 'SQ35 SQ20 anon reads nothing');
select is(check_session_expiry(:'hers'), false, 'SQ35 SQ20 anon may ask whether it has expired');
set local role service_role;
select is((select count(*) from reading_sessions), 2::bigint, 'SQ35 SQ24 service_role reads all');
reset role;

select * from finish();
rollback;
