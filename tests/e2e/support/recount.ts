// How many sessions of which kind there are, as the rows say.
import { DatabaseSync } from 'node:sqlite';
import type { Database } from './postgres.ts';
import type { Server } from './server.ts';

export type Numbers = Record<string, number>;

// By their names in the statistics; for both databases.
const IN_SQL = `
  select
    (select count(*) from reading_sessions) as "totalSessions",
    (select count(*) from reading_sessions where ACTIVE) as "activeSessions",
    (select count(*) from reading_sessions where not ACTIVE) as "inactiveSessions",
    (select count(*) from reading_sessions where ACTIVE and warned_at is not null)
      as "warnedSessions",
    (select count(*) from reading_sessions where end_reason = 'expired' and ended_at > AN_HOUR_AGO)
      as "expiredLastHour",
    (select count(*) from reading_sessions where end_reason = 'expired' and not ACTIVE
       and purged_at is null and restorable_until > NOW) as "restorableSessions",
    (select count(*) from reading_sessions where end_reason = 'completed' and purged_at is null)
      as "completedSessions",
    (select count(*) from reading_sessions where purged_at is not null) as "purgedSessions",
    (select count(*) from session_participants) as "totalParticipants",
    (select count(*) from service_outages where kind = 'outage') as "outages"`;

// Of the server's file, or of the PostgreSQL that it is on.
export async function recount(server: Server, database?: Database): Promise<Numbers> {
  const ms = Date.now();
  const words: Record<string, string> = database
    ? { ACTIVE: 'is_active', AN_HOUR_AGO: "now() - interval '1 hour'", NOW: 'now()' }
    : { ACTIVE: 'is_active = 1', AN_HOUR_AGO: String(ms - 3_600_000), NOW: String(ms) };
  const sql = IN_SQL.replace(/ACTIVE|AN_HOUR_AGO|NOW/g, (word) => words[word] ?? word);
  if (database) return database.row<Numbers>(sql);
  const file = new DatabaseSync(`${server.folder}/readings.db`, { readOnly: true });
  const row = { ...file.prepare(sql).get() } as Numbers;
  file.close();
  return row;
}
