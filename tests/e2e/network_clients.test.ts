// The network between people and the server, in the middle of traffic: slow, narrow, cut, reset,
// and silent. Who returns in time was never away, who does not is missed in time, and what was asked
// twice is done once.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createSession, until, type Created } from './support/api.ts';
import { Chance, SEED } from './support/chance.ts';
import { Line, type Heard } from './support/line.ts';
import { Party, type Tally } from './support/party.ts';
import { joinAs, seatOf, type Seated } from './support/rooms.ts';
import { Server } from './support/server.ts';
import { TcpProxy } from './support/tcp_proxy.ts';

const ROUNDS = Number(process.env.TAROTFORGE_NETWORK_ROUNDS ?? 1) * 5;
const LOST_WITHIN_MS = 35_000; // RT3
const GRACE_MS = 15_000; // PR3
const LATE_MS = 2000; // of a machine that has other things to do

let server: Server;
const proxies: TcpProxy[] = [];

before(async () => {
  server = await Server.start({ PRESENCE_UPDATE_SECONDS: '0.2' });
});
after(async () => {
  for (const proxy of proxies) await proxy.stop();
  await server?.stop();
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function makeProxy(): Promise<TcpProxy> {
  const proxy = await TcpProxy.before(server.port);
  proxies.push(proxy);
  return proxy;
}

async function sit(port: number, seat: Seated): Promise<Line> {
  const line = await Line.open({ port });
  const reply = await line.join(`session:${seat.sessionId}`, { token: seat.token });
  assert.equal(reply?.status, 'ok');
  return line;
}

interface Meta {
  presence: string;
  reason?: string;
}
// What a watcher is told of one participant: their levels in order, `gone` for a leave.
function levelsOf(heard: Heard[], who: string): string[] {
  return heard.filter(({ event }) => event === 'presence_diff').flatMap(({ payload }) => {
    const { joins, leaves } = payload as Record<'joins' | 'leaves', Record<string, { metas: Meta[] }>>;
    if (joins[who]) return [joins[who].metas[0]!.presence];
    return leaves[who] ? [`gone: ${leaves[who].metas[0]!.reason}`] : [];
  });
}

interface Pair {
  room: Created;
  watcher: Line;
  robin: Seated;
}
async function pair(): Promise<Pair> {
  const room = await createSession(server.url);
  const robin = await joinAs(server.url, room, 'Robin');
  return { room, robin, watcher: await sit(server.port, seatOf(room)) };
}

// Most of their time they wait.
describe('the network of people', { concurrency: true }, () => {
  test(`CH8 ID1 ID4 VR5 ${ROUNDS} faults of the way to the server lose and double nothing`,
       { timeout: 120_000 }, async (t) => {
    t.diagnostic(`TAROTFORGE_CHAOS_SEED=${SEED}`);
    const proxy = await makeProxy();
    const chance = Chance.stream(0);
    const tally: Tally = new Map();
    const parties = (['busy', 'busy', 'quiet'] as const).map((kind, i) =>
      new Party(proxy, kind, Chance.stream(i + 1), tally));
    await Promise.all(parties.map((party) => party.open()));
    const faults: (() => void)[] = [
      () => proxy.cut(),
      () => proxy.reset(),
      () => { [proxy.latencyMs, proxy.bytesPerSecond] = [40, 50_000]; },
      () => proxy.blackHole(),
      () => { proxy.closeMs = 2000; proxy.cut(); },
    ];
    for (let round = 0; round < ROUNDS; ++round) {
      const traffic = Promise.all(parties.map((party) => party.run()));
      await pause(chance.between(100, 800));
      faults[round % faults.length]!();
      await pause(chance.between(100, 1200));
      for (const party of parties) party.goAway();
      [proxy.latencyMs, proxy.bytesPerSecond, proxy.closeMs] = [0, Infinity, 0];
      proxy.heal();
      await traffic;
      await Promise.all(parties.map((party) => party.comeBack()));
    }
    for (const party of parties) await party.checkPast();
    for (const party of parties) party.leaveAll();
    t.diagnostic(`acknowledged: ` +
      [...tally].sort().map(([kind, count]) => `${kind} ${count}`).join(', '));
    for (const kind of ['operations', 'joins', 'keep-alives', 'presence'])
      assert.ok((tally.get(kind) ?? 0) > 0, `no ${kind} were acknowledged`);
  });

  test('CH8 RT2 RT3 PR3 PR6 a client whose network is gone is missed within 35 s, and gone 15 s later',
       { timeout: 120_000 }, async () => {
    const proxy = await makeProxy();
    const { watcher, robin } = await pair();
    await sit(proxy.port, robin);
    await until('Robin is here', async () =>
      levelsOf(watcher.heard, robin.participantId).length > 0);
    proxy.blackHole();
    const since = performance.now();
    const levels = () => levelsOf(watcher.heard, robin.participantId);
    await until('Robin is missed', async () => levels().includes('reconnecting'),
      LOST_WITHIN_MS + LATE_MS);
    const missed = performance.now();
    assert.ok(missed - since > 10_000, `after ${missed - since} ms`);
    await until('Robin is gone', async () => levels().at(-1) === 'gone: lost', GRACE_MS + LATE_MS);
    const grace = performance.now() - missed;
    assert.ok(grace > GRACE_MS - 500, `gone after ${grace} ms`);
    watcher.end();
  });

  test('CH8 PR4 PR5 who returns within the grace, or comes before their old end is heard, never left',
       { timeout: 60_000 }, async () => {
    const [proxy, late] = [await makeProxy(), await makeProxy()];
    const { watcher, robin } = await pair();
    const levels = () => levelsOf(watcher.heard, robin.participantId);
    await sit(proxy.port, robin);
    proxy.reset();
    await until('Robin is reconnecting', async () => levels().at(-1) === 'reconnecting');
    await pause(10_000); // within the 15 s
    late.closeMs = 3000;
    const first = await sit(late.port, robin);
    await until('Robin is back', async () => levels().at(-1) !== 'reconnecting');
    const told = levels().length;
    first.socket.end(); // which the server hears of after Robin has come again
    const second = await sit(server.port, robin);
    await first.closed;
    await pause(4000);
    assert.deepEqual(levels().slice(told), [], 'nothing is told of it');
    assert.ok(!levels().some((level) => level.startsWith('gone')));
    for (const line of [watcher, second]) line.end();
  });
});
