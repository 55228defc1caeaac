// Whoever asks how many there are is told the same: traffic stands still, and the API, the topic of
// the dashboard, the command line, /metrics and the rows are compared number by number.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { call, createSession, until } from './support/api.ts';
import { openSocket, reply, type Socket } from './support/phoenix.ts';
import type { Database } from './support/postgres.ts';
import { recount, type Numbers } from './support/recount.ts';
import { joinAs, operate, seatOf } from './support/rooms.ts';
import { ADMIN_TOKEN, ON_POSTGRESQL, Server, sharedCluster } from './support/server.ts';

interface Stats {
  [name: string]: unknown;
  participants: { active: number; visible: number; connected: number; reconnecting: number };
  outages: { count: number; seconds: number };
}

let server: Server;
let database: Database | undefined;
const sockets: Socket[] = [];

before(async () => {
  if (ON_POSTGRESQL) database = await (await sharedCluster()).empty();
  server = await Server.prepare(database ? { DATABASE_URL: database.url } : {});
  if (database) assert.equal((await server.command('migrate')).code, 0);
  const made = await server.command('demo', '--sessions', '300', '--hours', '30');
  assert.equal(made.code, 0, made.err);
  await server.run();
});
after(async () => {
  for (const socket of sockets) socket.disconnect();
  await server?.stop();
});

const inApi = async () =>
  (await call<Stats>(server.url, 'GET', '/v1/admin/stats', { token: ADMIN_TOKEN })).body;

async function onCommandLine(): Promise<Stats> {
  const answer = await server.command('stats', '--json');
  assert.equal(answer.code, 0, answer.err);
  return JSON.parse(answer.out) as Stats;
}

async function inMetrics(): Promise<Numbers> {
  const answer = await fetch(`${server.url}/metrics`, {
    headers: { Authorization: `Bearer ${ADMIN_TOKEN}` },
  });
  const samples: Numbers = {};
  for (const line of (await answer.text()).split('\n')) {
    const [, name, value] = /^([^#\s]+) (\S+)$/.exec(line) ?? [];
    if (name) samples[name] = Number(value);
  }
  return samples;
}

// The newest statistics that the topic told.
async function followDashboard(): Promise<() => Stats> {
  const socket = openSocket(server.url);
  sockets.push(socket);
  const channel = socket.channel('dashboard', { token: ADMIN_TOKEN });
  let newest: Stats | undefined;
  channel.on('stats', (stats: Stats) => (newest = stats));
  const joined = await reply(channel.join());
  assert.equal(joined.status, 'ok');
  return () => newest ?? (joined.response as { stats: Stats }).stats;
}

async function seat(token: string, sessionId: string): Promise<void> {
  const socket = openSocket(server.url);
  sockets.push(socket);
  const channel = socket.channel(`session:${sessionId}`, { token });
  assert.equal((await reply(channel.join())).status, 'ok');
}

// As the API counts what the metrics tell of.
function fromMetrics(samples: Numbers): Numbers {
  const at = (name: string) => {
    const value = samples[`tarotforge_${name}`];
    assert.ok(value !== undefined, name);
    return value;
  };
  const sessions = (state: string) => at(`sessions{state="${state}"}`);
  const level = (presence: string) => at(`participants{presence="${presence}"}`);
  const ended = sessions('expired') + sessions('completed') + sessions('purged');
  return {
    activeSessions: sessions('active'),
    inactiveSessions: ended,
    totalSessions: sessions('active') + ended,
    completedSessions: sessions('completed'),
    purgedSessions: sessions('purged'),
    warnedSessions: at('sessions_warned'),
    restorableSessions: at('sessions_restorable'),
    outages: at('outages'),
    outageSeconds: at('outage_credit_seconds'),
    // Each person once there, with the levels below theirs here.
    active: level('active'),
    visible: level('active') + level('visible'),
    connected: level('active') + level('visible') + level('connected'),
    reconnecting: level('reconnecting'),
  };
}

const fromApi = (stats: Stats): Numbers => ({
  ...(stats as unknown as Numbers),
  ...stats.participants,
  outages: stats.outages.count,
  outageSeconds: stats.outages.seconds,
});

function differences(told: Numbers, api: Numbers): string[] {
  return Object.keys(told).filter((name) => Number(told[name]) !== api[name])
    .map((name) => `${name}: ${told[name]} and ${api[name]}`);
}

test('CL22 XP4 MX3 API, dashboard, command line, metrics and rows tell the same', async () => {
  const room = await createSession(server.url);
  const host = seatOf(room);
  const guest = await joinAs(server.url, room, 'Guest');
  await seat(host.token, host.sessionId);
  await seat(guest.token, guest.sessionId);
  await operate(server.url, host, { kind: 'shuffle' });
  const ended = await createSession(server.url);
  await call(server.url, 'POST', `/v1/sessions/${ended.session.id}/complete`,
             { token: ended.token });

  const onDashboard = await followDashboard();
  // A session of the demo may end while they are asked, and /metrics counts rows at its leisure.
  let last: string[] = [];
  await until('they agree', async () => {
    const api = fromApi(await inApi());
    const line = await onCommandLine();
    const rows = await recount(server, database), metrics = fromMetrics(await inMetrics());
    const dashboard = fromApi(onDashboard());
    const topic = Object.fromEntries(
      Object.keys({ ...rows, ...metrics }).map((name) => [name, dashboard[name] ?? NaN]));
    last = [rows, metrics, topic].flatMap((told) => differences(told, api));
    for (const [name, value] of Object.entries(line)) {
      const isOfRows = typeof value === 'number' && name !== 'warningsMissed';
      if (isOfRows && value !== api[name]) last.push(`${name}: ${value} and ${api[name]}`);
    }
    return last.length === 0;
  }).catch((error: unknown) => assert.fail(`${String(error)}: ${last.join('; ')}`));

  const api = fromApi(await inApi());
  assert.equal(api.totalSessions, 302);
  assert.equal(api.connected, 2);
  for (const name of ['activeSessions', 'restorableSessions', 'completedSessions', 'purgedSessions'])
    assert.ok((api[name] ?? 0) > 0, name);
  const samples = await inMetrics();
  assert.equal(samples.tarotforge_joins_total, 1);
  assert.equal(samples.tarotforge_operations_total, 1);
  assert.equal(samples.tarotforge_sessions_created_total, 2);
});
