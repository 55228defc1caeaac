-- Indexes, and the defaults on which other writers rely.
\ir support/world.sql

select has_index('public', 'reading_sessions', 'idx_reading_sessions_updated_at',
  array['updated_at', 'id'], 'SQ34 the sweep walks open sessions, oldest first');
select has_index('public', 'session_participants', 'idx_session_participants_last_seen',
  'session_id', 'SQ34 the newest last_seen_at of a session is found');
select has_index('public', 'session_audit_log', 'idx_session_audit_log_event_type',
  array['event_type', 'created_at'], 'SQ34 the audit log is read by event');
select has_index('public', 'session_audit_log', 'idx_session_audit_log_session_id',
  array['session_id', 'sequence'], 'SQ34 the audit log is read by session');
select has_index('public', 'session_invites', 'idx_session_invites_session_id', 'session_id',
  'SQ34 the reference of invites has an index');
select index_is_unique('public', 'session_participants', 'idx_session_participants_anonymous_id',
  'SQ34 a guest has one seat in a session');
select index_is_unique('public', 'session_audit_log', 'idx_session_audit_log_session_id',
  'SQ34 SE8 a number of the audit log is given once in a session');
select is(pg_get_expr(indpred, indrelid), condition, format('SQ34 %s covers no more', name))
  from (values ('idx_reading_sessions_updated_at', 'is_active'),
               ('idx_session_participants_anonymous_id', '(anonymous_id IS NOT NULL)'))
    as part (name, condition)
  join pg_index on indexrelid = name::regclass;
select is_empty(
  $$ select indexrelid::regclass from pg_index
     join pg_attribute on attrelid = indrelid and attnum = any (indkey)
     where indrelid = 'reading_sessions'::regclass
       and attname in ('last_activity_at', 'revision', 'version') $$,
  'SQ34 what presence and operations write often is in no index');
select is_empty(
  $$ select indexrelid::regclass from pg_index
     where indrelid in ('session_participants'::regclass, 'session_invites'::regclass)
       and (pg_get_indexdef(indexrelid) ~ 'is_active|last_seen_at|left_at|leave_reason') $$,
  'SQ34 an end changes participants and invites in place');
select is_empty(
  $$ select conname from pg_constraint join pg_namespace n on n.oid = connamespace
     where contype = 'f' and nspname = 'public' and not exists (
       select 1 from pg_index where indrelid = conrelid and indkey[0] = conkey[1]) $$,
  'SQ34 ST13 every reference has an index on its side');

select set_config('tap.seat', pg_temp.session('1 minute')::text, true);
select lives_ok($$ insert into session_participants (session_id, user_id, is_active)
  select current_setting('tap.seat')::uuid, '00000000-0000-4000-8000-00000000000a', active
  from (values (true), (false), (false)) as seat (active) $$,
  'SQ34 a user has one active seat in a session, and former ones');
select throws_ok($$ insert into session_participants (session_id, user_id)
  values (current_setting('tap.seat')::uuid, '00000000-0000-4000-8000-00000000000a') $$,
  '23505', null, 'SQ34 a second active seat is refused');
select throws_ok($$ update session_participants set is_active = true
  where session_id = current_setting('tap.seat')::uuid $$,
  '23505', null, 'SQ34 and so is a former one that would become active beside it');

create temporary table standard (place text, name text, value text);
insert into standard values
  ('reading_sessions', 'id', 'gen_random_uuid()'), ('reading_sessions', 'reading_step', 'setup'),
  ('reading_sessions', 'zoom_level', '1.0'), ('reading_sessions', 'is_active', 'true'),
  ('reading_sessions', 'created_at', 'now()'), ('reading_sessions', 'updated_at', 'now()'),
  ('reading_sessions', 'last_activity_at', 'now()'), ('reading_sessions', 'generation', '1'),
  ('reading_sessions', 'version', '0'), ('reading_sessions', 'revision', '1'),
  ('reading_sessions', 'table_locked', 'false'),
  ('session_participants', 'id', 'gen_random_uuid()'), ('session_participants', 'name', ''),
  ('session_participants', 'is_active', 'true'), ('session_participants', 'joined_at', 'now()'),
  ('session_participants', 'last_seen_at', 'now()'),
  ('session_participants', 'role', 'participant'),
  ('session_invites', 'id', 'gen_random_uuid()'), ('session_invites', 'click_count', '0'),
  ('session_invites', 'is_active', 'true'), ('session_invites', 'created_at', 'now()'),
  ('session_invites', 'updated_at', 'now()'), ('session_invites', 'role', 'participant'),
  ('session_invites', 'closed_by_expiry', 'false'),
  ('session_audit_log', 'id', 'gen_random_uuid()'),
  ('session_audit_log', 'event_type', 'unspecified'), ('session_audit_log', 'event_data', '{}'),
  ('session_audit_log', 'created_at', 'now()'), ('session_audit_log', 'generation', '1'),
  ('session_operations', 'generation', '1'), ('session_operations', 'at', 'now()');
select col_default_is('public', place, name, value, format('SQ34 default of %s.%s', place, name))
  from standard;
select col_not_null('public', place, name, format('SQ34 %s.%s is never null', place, name))
  from standard;
select is_empty(
  format($$ select attrelid::regclass, attname from pg_attribute
            where attrelid in ('reading_sessions'::regclass, %s) and attnum > 0 and attnotnull
              and not atthasdef and attidentity = '' and not attisdropped
              and attname not in ('deck_id', 'session_id') $$,
         $$ 'session_participants'::regclass, 'session_invites'::regclass,
            'session_audit_log'::regclass $$),
  'SQ34 ST11 a row needs its deck_id or session_id alone');

select * from finish();
rollback;
