// Two servers of the release binary on one PostgreSQL: both watch and sweep the same sessions while
// people are served by both.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ADMIN_TOKEN, Server } from './support/server.ts';
import { createSession, until } from './support/api.ts';
import { Cluster, type Database } from './support/postgres.ts';
import { joinAs, operate, seatOf } from './support/rooms.ts';

const SESSIONS = 10_000;
const FIRST_DUE_S = 8;
const SPREAD_S = 8;

let cluster: Cluster;
let database: Database;
let servers: Server[] = [];

// Due one after the other, as people left them; what is due when is kept aside.
const ABANDONED = `
  create table planned as
    select gen_random_uuid() as id, date_trunc('milliseconds', now()
      + make_interval(secs => ${FIRST_DUE_S} + ${SPREAD_S} * n / ${SESSIONS}.0)) as due
    from generate_series(1, ${SESSIONS}) as n;
  insert into reading_sessions (id, deck_id, created_at, updated_at, last_activity_at, policy)
    select id, 'classic', due - interval '1 hour', due - interval '1 hour',
           due - interval '1 hour', '{"timeoutSeconds": 3600}' from planned;
  insert into session_participants (session_id, name, role, joined_at, last_seen_at)
    select id, 'Host', 'host', due - interval '1 hour', due - interval '1 hour' from planned`;

const expiredBy = async (server: Server): Promise<number> => {
  const metrics = await fetch(`${server.url}/metrics`,
                              { headers: { Authorization: `Bearer ${ADMIN_TOKEN}` } });
  return Number(/^tarotforge_expiries_total (\d+)$/m.exec(await metrics.text())?.[1]);
};

const number = async (expression: string): Promise<number> =>
  (await database.row<{ n: number }>(`select (${expression})::int as n`)).n;

before(async () => {
  cluster = await Cluster.start();
  database = await cluster.empty();
  const settings = {
    DATABASE_URL: database.url,
    PRESENCE_UPDATE_SECONDS: '1',
    CLEANUP_INTERVAL_MINUTES: '0.01',
  };
  servers = [await Server.prepare(settings), await Server.prepare(settings)];
  await servers[0]?.command('migrate');
  await database.ask(ABANDONED);
  await Promise.all(servers.map((server) => server.run()));
});
after(async () => {
  for (const server of servers) await server.stop();
  await cluster?.stop();
});

test('ST32 two servers that watch and sweep 10,000 sessions expire each once, none early',
     { timeout: 60_000 }, async () => {
  let open = true;
  const [one, other] = servers as [Server, Server];
  // A room in which both servers serve somebody, busy all the time.
  const play = async () => {
    const room = await createSession(one.url);
    await operate(one.url, seatOf(room), { kind: 'set_step', step: 'drawing' });
    await operate(one.url, seatOf(room), { kind: 'draw', position: 'middle' });
    const seats = [{ at: one, seat: seatOf(room) },
                   { at: other, seat: await joinAs(other.url, room, 'Guest') }];
    let acted = 2;
    while (open) {
      for (const { at, seat } of seats) {
        await operate(at.url, seat, { kind: 'move', card: 0, x: 1 / ++acted, y: 0.5 });
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
    return { id: room.session.id, acted };
  };
  const playing = Promise.all(Array.from({ length: 5 }, play));
  playing.catch(() => { open = false; });  // told below

  const left = 'select count(*) from reading_sessions join planned using (id) where is_active';
  await until('all have expired', async () => !open || await number(left) === 0, 40_000);
  open = false;
  const rooms = await playing;

  const entries = `from session_audit_log where event_type = 'expired'`;
  assert.equal(await number(`select count(*) ${entries}`), SESSIONS);
  assert.equal(await number(`select count(distinct session_id) ${entries}`), SESSIONS);
  assert.equal(await number(`select count(*) from reading_sessions join planned using (id)
                             where end_reason = 'expired' and revision = 2`), SESSIONS);
  assert.equal(await number(`select count(*) from reading_sessions join planned using (id)
                             where ended_at < due`), 0);
  for (const server of servers) assert.ok(await expiredBy(server) > 0, 'both have expired some');

  for (const { id, acted } of rooms) {
    assert.deepEqual(await database.row(`
      select is_active, version::int, (select count(*)::int from session_operations
        where session_id = reading_sessions.id) as operations
      from reading_sessions where id = '${id}'`),
                     { is_active: true, version: acted, operations: acted });
  }
});
