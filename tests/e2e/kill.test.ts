// kill -9 in the middle of everything that people do, again and again: whatever a client was told
// holds after it, what was not answered happened once or not at all, deadlines are armed anew, and
// a browser that was in a room catches up without a gap.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { call, createSession, until, type Session } from './support/api.ts';
import { Person } from './support/browser.ts';
import { Chance, SEED } from './support/chance.ts';
import { Party, type Kind, type Tally } from './support/party.ts';
import { joinAs, sit } from './support/rooms.ts';
import { ADMIN_TOKEN, Server } from './support/server.ts';
import { newSeat } from './support/told.ts';

const ROUNDS = Number(process.env.TAROTFORGE_KILL_ROUNDS ?? 20);
const PARTIES: Kind[] = ['busy', 'busy', 'busy', 'quiet', 'brief', 'brief'];
// Long enough in some rounds for a brief room to warn and to expire; the others are many.
const SHORT_MS = [30, 400] as const;
const LONG_MS = [1500, 3500] as const;
const TOLD = ['creates', 'joins', 'operations', 'invites', 'revocations', 'names', 'leaves',
  'changes of host', 'keep-alives', 'activity over HTTP', 'completes', 'expiries', 'restores',
  'presence', 'warnings'];

let server: Server;
let person: Person;

before(async () => {
  server = await Server.start({
    PRESENCE_UPDATE_SECONDS: '0.2',
    SESSION_TIMEOUT_HOURS_MIN: '0.001',
    CLEANUP_INTERVAL_MINUTES: '0.01',
  });
  person = await Person.arrive();
});

after(async () => {
  await person?.go();
  await server?.stop();
});

// The browser's room is one that nobody ends.
async function watchedParty(tally: Tally): Promise<Party> {
  const party = new Party(server, 'steady', Chance.stream(PARTIES.length + 1), tally);
  await party.open();
  const robin = await joinAs(server.url, party.told.room, 'Robin');
  party.told.seats.push(newSeat(robin.participantId, robin.token, 'Robin'));
  await sit(person, server.url, party.told.room, robin, 'Robin');
  return party;
}

async function lives(moments: Chance, round: number): Promise<void> {
  const [least, most] = round % 5 === 0 ? LONG_MS : SHORT_MS;
  await new Promise((resolve) => setTimeout(resolve, moments.between(least, most)));
}

async function sessionsInAll(): Promise<number> {
  const stats = await call<{ totalSessions: number }>(server.url, 'GET', '/v1/admin/stats',
                                                      { token: ADMIN_TOKEN });
  return stats.body.totalSessions;
}

test(`CH1 ST1 ST2 SE8 VR1 EX4 EX5 EX12 ID6 OU1 ${ROUNDS} kills at random points lose and double nothing`,
     async (t) => {
  t.diagnostic(`TAROTFORGE_CHAOS_SEED=${SEED} replays the moments`);
  const moments = Chance.stream(0);
  const tally: Tally = new Map();
  const parties = PARTIES.map((kind, i) => new Party(server, kind, Chance.stream(i + 1), tally));
  await Promise.all(parties.map((party) => party.open()));
  const watched = await watchedParty(tally);
  parties.push(watched);

  let made = 0; // besides the parties' rooms
  for (let round = 1; round <= ROUNDS; ++round) {
    const mortal = await createSession(server.url, { policy: { timeoutSeconds: 3600 } });
    ++made;
    const traffic = Promise.all(parties.map((party) => party.run()));
    await lives(moments, round);
    for (const party of parties) party.goAway();
    await server.kill();
    await traffic;
    await server.run();
    await Promise.all(parties.map((party) => party.comeBack()));
    const again = await call<{ session: Session }>(
      server.url, 'GET', `/v1/sessions/${mortal.session.id}`, { token: mortal.token });
    const moved = Date.parse(again.body.session.expiresAt) - Date.parse(mortal.session.expiresAt);
    assert.ok(Math.abs(moved) < 1000, `its deadline moved by ${moved} ms`);
  }

  for (const party of parties) await party.checkPast();
  const rooms = made + parties.reduce((sum, { past }) => sum + 1 + past.length, 0);
  assert.equal(await sessionsInAll(), rooms, 'no room was made twice');
  t.diagnostic(`acknowledged, and there after ${ROUNDS} kills: ` +
    [...tally].sort().map(([kind, count]) => `${kind} ${count}`).join(', '));
  for (const kind of TOLD) assert.ok((tally.get(kind) ?? 0) > 0, `no ${kind} were acknowledged`);
  for (const party of parties) party.leaveAll();

  const { version } = await watched.told.view();
  await until('the browser is back and has caught up', async () => {
    const status = person.see('room-status');
    return (
      (await status.getAttribute('data-status')) === 'live' &&
      Number(await status.getAttribute('data-version')) === version
    );
  }, 30_000);
  assert.equal(person.pageErrors.length, 0);
});

test('EX3 EX12 a deadline armed before a kill is kept after it', async () => {
  const room = await createSession(server.url, { policy: { timeoutSeconds: 6 } });
  const deadline = Date.parse(room.session.expiresAt);
  await server.kill();
  await server.run();
  const ended = await until('the session has expired', async () => {
    const answer = await call<{ session: Session & { endedAt: string | null } }>(
      server.url, 'GET', `/v1/sessions/${room.session.id}`, { token: room.token });
    return answer.body.session.endedAt;
  }, 15_000);
  const late = Date.parse(ended) - deadline;
  assert.ok(late >= 0 && late < 1000, `expired ${late} ms after its deadline`);
});
