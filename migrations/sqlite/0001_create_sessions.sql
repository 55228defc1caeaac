-- Reading rooms and what belongs to them. Stamps are milliseconds since the Unix epoch, ids are
-- 16 bytes, JSON is text. A row needs its deck_id or session_id alone; all else has a default.

create table reading_sessions (
  id blob primary key not null default (randomblob(16)) check (length(id) = 16),
  host_user_id blob,
  deck_id text not null,
  selected_layout text,
  question text,
  reading_step text not null default 'setup',
  selected_cards text,
  shuffled_deck text,
  interpretation text,
  zoom_level real not null default 1.0,
  pan_offset text,
  zoom_focus text,
  active_card_index integer,
  shared_modal_state text,
  video_call_state text,
  is_active integer not null default 1 check (is_active in (0, 1)),
  created_at integer not null default (cast(round((julianday('now') - 2440587.5) * 86400000) as integer)),
  updated_at integer not null default (cast(round((julianday('now') - 2440587.5) * 86400000) as integer)),
  generation integer not null default 1,
  version integer not null default 0,
  revision integer not null default 1,
  last_activity_at integer not null default (cast(round((julianday('now') - 2440587.5) * 86400000) as integer)),
  extended_until integer,
  warned_at integer,
  ended_at integer,
  end_reason text check (end_reason in ('expired', 'completed')),
  restorable_until integer,
  purged_at integer,
  purge_failed_at integer,  -- when purging its content last failed
  policy text,
  host_participant_id blob,
  original_host_participant_id blob,
  table_locked integer not null default 0 check (table_locked in (0, 1)),
  restore_key_hash blob,
  shuffle_nonce blob,  -- the nonces of all shuffles stand in shuffle_commitments
  shuffle_commitments text,
  next_card_index integer not null default 0
) strict;

-- The sweep walks the open ones, oldest first. last_activity_at has no index on purpose: presence
-- writes it often.
create index idx_reading_sessions_updated_at on reading_sessions (updated_at, id)
  where is_active = 1;
create index idx_reading_sessions_restorable_until on reading_sessions (restorable_until)
  where is_active = 0 and purged_at is null;
create index idx_reading_sessions_created_at on reading_sessions (created_at);
create index idx_reading_sessions_purged_at on reading_sessions (purged_at)
  where purged_at is not null;

create table session_participants (
  id blob primary key not null default (randomblob(16)) check (length(id) = 16),
  session_id blob not null references reading_sessions (id) on delete cascade,
  user_id blob,
  anonymous_id text,
  name text not null default '',
  is_active integer not null default 1 check (is_active in (0, 1)),
  joined_at integer not null default (cast(round((julianday('now') - 2440587.5) * 86400000) as integer)),
  last_seen_at integer not null default (cast(round((julianday('now') - 2440587.5) * 86400000) as integer)),
  role text not null default 'participant' check (role in ('host', 'reader', 'participant')),
  left_at integer,
  leave_reason text,
  invite_id blob,
  token_hash blob,
  check (user_id is null or anonymous_id is null)
) strict;

create index idx_session_participants_last_seen
  on session_participants (session_id, last_seen_at);
create unique index idx_session_participants_anonymous_id
  on session_participants (session_id, anonymous_id) where anonymous_id is not null;
create unique index idx_session_participants_user_id
  on session_participants (session_id, user_id) where user_id is not null and is_active = 1;
create index idx_session_participants_token_hash on session_participants (token_hash)
  where token_hash is not null;

create table session_invites (
  id blob primary key not null default (randomblob(16)) check (length(id) = 16),
  session_id blob not null references reading_sessions (id) on delete cascade,
  created_by text,
  expires_at integer,
  max_clicks integer,
  click_count integer not null default 0,
  is_active integer not null default 1 check (is_active in (0, 1)),
  created_at integer not null default (cast(round((julianday('now') - 2440587.5) * 86400000) as integer)),
  updated_at integer not null default (cast(round((julianday('now') - 2440587.5) * 86400000) as integer)),
  code text not null unique default (lower(hex(randomblob(16)))),
  role text not null default 'participant' check (role in ('host', 'reader', 'participant')),
  revoked_at integer,
  closed_by_expiry integer not null default 0 check (closed_by_expiry in (0, 1))
) strict;

create index idx_session_invites_session_id on session_invites (session_id);
create index idx_session_invites_expires_at on session_invites (expires_at)
  where is_active = 1 and expires_at is not null;

-- No reference: an entry may outlive its session until the retention of both is over.
create table session_audit_log (
  id blob primary key not null default (randomblob(16)) check (length(id) = 16),
  session_id blob not null,
  event_type text not null default 'unspecified',
  participant_id blob,
  user_id blob,
  anonymous_id text,
  event_data text not null default '{}',
  created_at integer not null default (cast(round((julianday('now') - 2440587.5) * 86400000) as integer)),
  sequence integer,
  generation integer not null default 1
) strict;

create unique index idx_session_audit_log_session_id on session_audit_log (session_id, sequence);
create index idx_session_audit_log_event_type on session_audit_log (event_type, created_at);

create trigger session_audit_log_sequence after insert on session_audit_log
when new.sequence is null
begin
  update session_audit_log
  set sequence = (select coalesce(max(sequence), 0) + 1 from session_audit_log
                  where session_id = new.session_id)
  where id = new.id;
end;

create table session_operations (
  session_id blob not null references reading_sessions (id) on delete cascade,
  version integer not null,
  generation integer not null default 1,
  participant_id blob not null,
  idempotency_key blob,
  request_hash blob not null default (zeroblob(32)),
  kind text not null,
  payload text not null default '{}',
  at integer not null default (cast(round((julianday('now') - 2440587.5) * 86400000) as integer)),
  primary key (session_id, version)
) strict;

create unique index idx_session_operations_idempotency_key
  on session_operations (session_id, participant_id, idempotency_key)
  where idempotency_key is not null;

create table idempotency_keys (
  caller text not null,
  key blob not null,
  body_hash blob not null,
  answer text not null,
  at integer not null default (cast(round((julianday('now') - 2440587.5) * 86400000) as integer)),
  session_id blob references reading_sessions (id) on delete cascade,
  primary key (caller, key)
) strict;

create index idx_idempotency_keys_at on idempotency_keys (at);
create index idx_idempotency_keys_session_id on idempotency_keys (session_id);
