-- What targets outside are still to be told. The audit log is written in the transaction of every
-- change, by whatever path it comes: its trigger is the one place that fills the outbox.

-- `ordinal` is the order in which a session's changes were committed. A dead one was given up.
create table webhook_deliveries (
  ordinal integer primary key,
  id blob unique not null default (randomblob(16)) check (length(id) = 16),
  target text not null,
  session_id blob not null,
  event_type text not null,
  generation integer not null,
  participant_id blob,
  event_data text not null,
  created_at integer not null,
  attempts integer not null default 0,
  due_at integer not null,
  give_up_at integer not null,
  claimed_until integer,  -- a server is at it
  is_dead integer not null default 0 check (is_dead in (0, 1)),
  last_error text
) strict;

create index idx_webhook_deliveries_due_at on webhook_deliveries (target, due_at)
  where is_dead = 0;
create index idx_webhook_deliveries_session_id
  on webhook_deliveries (target, session_id, ordinal) where is_dead = 0;

-- Targets stand in the settings, comma-separated; without any nothing is written. What comes behind
-- one that is retried is not due before it. 259200000: three days of retries.
create trigger session_audit_log_webhooks after insert on session_audit_log
when new.event_type in ('created', 'joined', 'left', 'warned', 'expired', 'completed', 'restored',
                        'purged')
begin
  insert into webhook_deliveries (target, session_id, event_type, generation, participant_id,
                                  event_data, created_at, due_at, give_up_at)
  select target.value, new.session_id,
         case when new.event_type in ('joined', 'left') then 'participant.' else 'session.' end
           || case new.event_type when 'warned' then 'expiring' else new.event_type end,
         new.generation, new.participant_id, new.event_data, new.created_at,
         max(new.created_at, coalesce((select max(due_at) from webhook_deliveries as earlier
                                       where earlier.target = target.value
                                         and earlier.session_id = new.session_id
                                         and earlier.is_dead = 0), 0)),
         new.created_at + 259200000
  from settings, json_each('["' || replace(settings.value, ',', '","') || '"]') as target
  where settings.name = 'WEBHOOK_URLS';
end;
