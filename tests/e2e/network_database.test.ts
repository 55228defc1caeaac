// The network between the server and PostgreSQL, in the middle of traffic: slow, narrow, cut, reset,
// and silent. What clients were told holds, nothing is done twice, and nobody is thrown out.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { call, createSession, until, type Created, type Session } from './support/api.ts';
import { Chance, SEED } from './support/chance.ts';
import { Line } from './support/line.ts';
import { Party, type Tally } from './support/party.ts';
import { Cluster, type Database } from './support/postgres.ts';
import { joinAs, seatOf, type Seated } from './support/rooms.ts';
import { freePort, Server } from './support/server.ts';
import { TcpProxy } from './support/tcp_proxy.ts';

// Of each kind of fault; `./dev nightly` has more.
const ROUNDS = Number(process.env.TAROTFORGE_NETWORK_ROUNDS ?? 1);
// A call is refused within 5 s (ST18); one that waits behind another in its room asks after it.
const REFUSED_WITHIN_MS = 12_000;
const READ_WITHIN_MS = 1500;
// An attempt that was swallowed ends after 5 s (ST18), the pause after it takes up to 5 s (ST19), and
// the next beat comes within 5 s.
const BACK_WITHIN_MS = 17_000;
const SILENT_MS = 17_000; // over the 15 s of an outage
const BRIEF_SECONDS = 20;

let cluster: Cluster;
let database: Database;
let proxy: TcpProxy;
let server: Server;
let parties: Party[];
let seats: Seated[];
let lines: Line[];
const tally: Tally = new Map();

before(async () => {
  const port = await freePort();
  process.env.PGPORT = String(port); // psql's, too
  cluster = await Cluster.start({ settings: { listen_addresses: '127.0.0.1', port: String(port) } });
  database = await cluster.empty();
  proxy = await TcpProxy.before(port);
  server = await Server.start({
    DATABASE_URL: `postgresql://postgres@127.0.0.1:${proxy.port}/${database.name}`,
    PRESENCE_UPDATE_SECONDS: '0.2',
    SESSION_TIMEOUT_HOURS_MIN: '0.001',
  });
  parties = (['busy', 'busy', 'quiet'] as const).map((kind, i) =>
    new Party(server, kind, Chance.stream(i + 1), tally));
  await Promise.all(parties.map((party) => party.open()));
  const room: Created = await createSession(server.url);
  seats = [seatOf(room), await joinAs(server.url, room, 'Robin')];
  lines = [];
  for (const { sessionId, token } of seats) {
    const line = await Line.open({ port: server.port });
    assert.equal((await line.join(`session:${sessionId}`, { token }))?.status, 'ok');
    lines.push(line);
  }
});
after(async () => {
  for (const party of parties ?? []) party.goAway();
  for (const line of lines ?? []) line.end();
  for (const party of parties ?? []) party.leaveAll();
  await server?.stop();
  await proxy?.stop();
  await cluster?.stop();
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function isDegraded(): Promise<boolean> {
  const ready = await call<{ degraded: boolean }>(server.url, 'GET', '/readyz');
  assert.equal(ready.status, 200);
  return ready.body.degraded;
}

async function timed<T>(what: Promise<T>): Promise<[T, number]> {
  const since = performance.now();
  return [await what, performance.now() - since];
}

const keepAlive = ({ sessionId, token } = seats[0]!) =>
  call<{ code?: string }>(server.url, 'POST', `/v1/sessions/${sessionId}/keep-alive`,
                          { token, body: {} });

async function read({ sessionId, token } = seats[0]!): Promise<Session> {
  const [answer, ms] = await timed(call<{ session: Session }>(
    server.url, 'GET', `/v1/sessions/${sessionId}`, { token }));
  assert.equal(answer.status, 200, 'the room is readable');
  assert.ok(ms < READ_WITHIN_MS, `it was read within ${ms} ms`);
  return answer.body.session;
}

// Traffic, and in the middle of it the fault; then everything is as it was told.
async function inTraffic(fault: () => Promise<void>): Promise<void> {
  const traffic = Promise.all(parties.map((party) => party.run()));
  const operations = () => parties.reduce((sum, { told }) => sum + told.operations.size, 0);
  const before = operations();
  await until('there is traffic', async () => operations() > before + 10);
  await fault();
  await until('saving goes on', async () => !(await isDegraded()), BACK_WITHIN_MS);
  await until('a change is saved', async () => (await keepAlive()).status === 200, BACK_WITHIN_MS);
  for (const party of parties) party.goAway();
  await traffic;
  await Promise.all(parties.map((party) => party.comeBack()));
  for (const party of parties) await party.checkPast();
  for (const line of lines) assert.ok(!line.isOver, `nobody was thrown out (${line.code})`);
}

const rounds = async (fault: () => Promise<void>): Promise<void> => {
  for (let round = 1; round <= ROUNDS; ++round) await inTraffic(fault);
};

test('CH7 over a slow and narrow way to PostgreSQL everything goes on, only slower', (t) => {
  t.diagnostic(`TAROTFORGE_CHAOS_SEED=${SEED}`);
  return rounds(async () => {
    const refused = parties.reduce((sum, { paused }) => sum + paused, 0);
    [proxy.latencyMs, proxy.bytesPerSecond] = [20, 400_000];
    await pause(4000);
    [proxy.latencyMs, proxy.bytesPerSecond] = [0, Infinity];
    assert.equal(parties.reduce((sum, { paused }) => sum + paused, 0), refused,
      'nothing is refused because of it');
  });
});

test('CH7 ST19 ST31 connections to PostgreSQL that are cut or reset are replaced at once', () =>
  rounds(async () => {
    for (const fault of [() => proxy.cut(), () => proxy.reset(), () => proxy.cut()]) {
      fault();
      const [, ms] = await timed(until('a change is saved', async () =>
        (await keepAlive()).status === 200));
      assert.ok(ms < 3000, `saving went on after ${ms} ms`);
      await pause(300);
    }
  }));

test('CH7 ST31 an end of a connection that comes late changes nothing', () =>
  rounds(async () => {
    proxy.closeMs = 3000;
    proxy.cut();
    await pause(1000);
    assert.equal((await keepAlive()).status, 200);
    proxy.closeMs = 0;
  }));

test('CH7 ST18 OU1 OU4 OU5 OU6 a PostgreSQL that falls silent pauses saving, and the time is credited',
     { timeout: 120_000 }, () => rounds(async () => {
  const brief = await createSession(server.url, { policy: { timeoutSeconds: BRIEF_SECONDS } });
  const deadline = Date.parse(brief.session.expiresAt);
  proxy.blackHole();
  const since = performance.now();
  const [refused, ms] = await timed(keepAlive());
  assert.equal(refused.status, 503);
  assert.equal(refused.body.code, 'saving_paused');
  assert.ok(ms < REFUSED_WITHIN_MS, `refused after ${ms} ms`);
  await until('the server says so', isDegraded, REFUSED_WITHIN_MS);
  await read();
  const heard = lines[1]!.of('cursor').length;
  lines[0]!.say(`session:${seats[0]!.sessionId}`, 'cursor', { x: 0.5, y: 0.5 });
  await until('the others see the pointer move', async () =>
    lines[1]!.of('cursor').length > heard);
  await pause(since + SILENT_MS - performance.now());
  proxy.heal('silence');
  await until('saving goes on', async () => !(await isDegraded()), BACK_WITHIN_MS);
  const now = await read(seatOf(brief));
  assert.equal(now.status, 'active', 'the time without a database counts for nobody');
  const moved = Date.parse(now.expiresAt) - deadline;
  assert.ok(moved >= SILENT_MS - 6000, `its deadline moved by ${moved} ms`);
}));

test('CH7 nobody was told of what did not happen, in all of it', async (t) => {
  t.diagnostic(`acknowledged: ` +
    [...tally].sort().map(([kind, count]) => `${kind} ${count}`).join(', '));
  const [{ doubled }] = await database.rows<{ doubled: number }>(`
    select count(*)::int as doubled from (select 1 from session_operations
      group by session_id, idempotency_key having count(*) > 1) as same`) as [{ doubled: number }];
  assert.equal(doubled, 0);
});
