// A database of the first implementation with some thousand rooms, and its application: people who
// open rooms, sit down, draw, invite and log, over the connections of its clients.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Cluster, Database, Session } from './postgres.ts';
import { BINARY, runBinary, type Ended } from './server.ts';

const FOLDER = join(import.meta.dirname, '../../sql/support');
const run = promisify(execFile);

export interface Rows {
  rows?: boolean;
}

export async function firstImplementation(cluster: Cluster, { rows = true }: Rows = {}):
    Promise<Database> {
  const db = await cluster.empty();
  const files = ['first_implementation.sql', ...(rows ? ['first_implementation_rows.sql'] : [])];
  for (const file of files)
    await run('psql', [...db.args('postgres'), '-f', join(FOLDER, file)]);
  return db;
}

const environment = (db: Database) => ({ PATH: process.env.PATH ?? '', DATABASE_URL: db.url });

export const migrate = (db: Database, ...words: string[]): Promise<Ended> =>
  runBinary(environment(db), '/', 'migrate', ...words);

// Runs it, and kills it once it has said `lines` lines; answers how many it said by then.
export async function migrateKilled(db: Database, lines: number, ...words: string[]):
    Promise<number> {
  const child = spawn(BINARY, ['migrate', ...words], { env: environment(db), cwd: '/' });
  const closed = once(child, 'close');
  let out = '';
  child.stdout.on('data', (data: Buffer) => {
    out += data.toString();
    if (out.split('\n').length > lines) child.kill('SIGKILL');
  });
  await closed;
  return out.split('\n').length - 1;
}

// What a client of it does with one room, as the roles that its platform gives to clients.
function round(cleans: boolean): string[] {
  const [room, person, invite] = [randomUUID(), randomUUID(), randomUUID()];
  const cards = `[{"id": "the-sun", "name": "The Sun", "position": "Past", "x": 10, "y": 20}]`;
  return [
    `insert into reading_sessions (id, room_title, deck_id) values ('${room}', 'New', 'classic')`,
    `insert into session_participants (id, session_id, anonymous_id)
       values ('${person}', '${room}', 'me')`,
    `update reading_sessions set selected_cards = '${cards}', reading_step = 'drawing',
       updated_at = now() where id = '${room}'`,
    `update session_participants set last_seen_at = now() where id = '${person}'`,
    `insert into session_invites (id, session_id, created_by) values ('${invite}', '${room}', 'me')`,
    `select use_invite('${invite}')`,
    `insert into session_audit_log (session_id, event_type) values ('${room}', 'created')`,
    `select log_session_event('${room}', 'joined', '${person}')`,
    `select upsert_anonymous_participant('${room}', 'guest', 'Guest')`,
    `select upsert_anonymous_participant('${room}', 'guest', 'Renamed')`,
    `select check_session_expiry('${room}')`,
    `select count(*) from reading_sessions where is_active`,
    `select * from session_participants where session_id = '${room}'`,
    `update session_participants set is_active = false where id = '${person}'`,
    `select count(*) from get_session_analytics(now() - interval '1 hour', now())`,
    ...(cleans ? ['select cleanup_inactive_sessions(), cleanup_expired_invites()'] : []),
  ];
}

// Several clients at once, until stop(). Whoever has to wait for over two seconds has failed.
export class OldApplication {
  readonly failures: string[] = [];
  rounds = 0;
  private open = true;
  private readonly clients: Promise<void>[];

  constructor(db: Database, { cleans = false } = {}) {
    this.clients = ['anon', 'anon', 'authenticated'].map((role) =>
      this.act(db.open(role), cleans));
  }

  private async act(client: Session, cleans: boolean): Promise<void> {
    await client.ask(`set lock_timeout = '2s'`);
    while (this.open && this.failures.length === 0) {
      for (const statement of round(cleans)) {
        const said = await client.ask(statement).catch(String);
        if (/ERROR|FATAL|Error:/.test(said)) this.failures.push(`${statement}: ${said}`);
      }
      ++this.rounds;
    }
    client.close();
  }

  async stop(): Promise<void> {
    this.open = false;
    await Promise.all(this.clients);
  }
}
