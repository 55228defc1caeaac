// kill -9 in the middle of a stream of operations, again and again: what was acknowledged is there,
// deadlines are armed anew, and a browser that was in the room catches up without a gap.
import assert from 'node:assert/strict';
import { randomInt, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { call, createSession, until, type Created, type Session } from './support/api.ts';
import { Person } from './support/browser.ts';
import { openSocket, reply } from './support/phoenix.ts';
import { Server } from './support/server.ts';

const ROUNDS = Number(process.env.TAROTFORGE_KILL_ROUNDS ?? 20);

interface Operation {
  version: number;
  kind: string;
  key?: string;
}

let server: Server;
let person: Person;

before(async () => {
  server = await Server.start({ PRESENCE_UPDATE_SECONDS: '1', SESSION_TIMEOUT_HOURS_MIN: '0.001' });
  person = await Person.arrive();
});

after(async () => {
  await person?.go();
  await server?.stop();
});

async function allOperations(room: Created): Promise<Operation[]> {
  const all: Operation[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page = await call<{ operations: Operation[]; nextAfter: number | null }>(
      server.url, 'GET', `/v1/sessions/${room.session.id}/operations?after=${after}&limit=500`,
      { token: room.token });
    assert.equal(page.status, 200);
    all.push(...page.body.operations);
    after = page.body.nextAfter;
  }
  return all;
}

// Sends operations without pause, half of them over the socket, until the server is gone. Answers
// what was acknowledged: the version for each key.
async function stream(room: Created, gone: () => boolean): Promise<Map<string, number>> {
  const acknowledged = new Map<string, number>();
  const socket = openSocket(server.url);
  const channel = socket.channel(`session:${room.session.id}`, { token: room.token });
  await reply(channel.join());
  const overSocket = async () => {
    while (!gone()) {
      const key = randomUUID();
      const pushed = reply<{ version: number }>(
        channel.push('operation', { key, kind: 'set_question', question: key }));
      const silence = new Promise<null>((resolve) => setTimeout(() => resolve(null), 2000));
      const answer = await Promise.race([pushed.catch(() => null), silence]);
      if (answer?.status === 'ok') acknowledged.set(key, answer.response.version);
      if (!answer) return;
    }
  };
  const overHttp = async () => {
    while (!gone()) {
      const key = randomUUID();
      const answer = await call<{ version: number }>(
        server.url, 'POST', `/v1/sessions/${room.session.id}/operations`,
        { token: room.token, key, body: { kind: 'set_question', question: key } },
      ).catch(() => null);
      if (answer?.status === 200) acknowledged.set(key, answer.body.version);
    }
  };
  await Promise.all([overSocket(), overHttp(), overHttp()]);
  socket.disconnect();
  return acknowledged;
}

function checkHistory(operations: Operation[], acknowledged: Map<string, number>): void {
  operations.forEach((operation, index) =>
    assert.equal(operation.version, index + 1, 'versions have no gap and no repetition'));
  const keys = new Map(operations.map((operation) => [operation.key, operation.version]));
  assert.equal(keys.size, operations.length, 'no operation was applied twice');
  for (const [key, version] of acknowledged)
    assert.equal(keys.get(key), version, `the acknowledged operation ${version} was lost`);
}

test(`ST2 VR1 EX12 OU1 ${ROUNDS} kills at random points lose nothing acknowledged`, async () => {
  const room = await createSession(server.url);
  await person.page.goto(room.invite.url.replace(/^https?:\/\/[^/]+/, server.url));
  await person.see('name-input').fill('Robin');
  await person.see('join-button').click();
  await person.see('room').waitFor();

  const acknowledged = new Map<string, number>();
  for (let round = 1; round <= ROUNDS; ++round) {
    const mortal = await createSession(server.url, { policy: { timeoutSeconds: 3600 } });
    let dead = false;
    const streaming = stream(room, () => dead);
    await new Promise((resolve) => setTimeout(resolve, randomInt(30, 400)));
    await server.kill();
    dead = true;
    for (const [key, version] of await streaming) acknowledged.set(key, version);
    await server.run();

    checkHistory(await allOperations(room), acknowledged);
    const again = await call<{ session: Session }>(
      server.url, 'GET', `/v1/sessions/${mortal.session.id}`, { token: mortal.token });
    const moved = Date.parse(again.body.session.expiresAt) - Date.parse(mortal.session.expiresAt);
    assert.ok(Math.abs(moved) < 1000, `its deadline moved by ${moved} ms`);
  }
  assert.ok(acknowledged.size > ROUNDS, 'operations were acknowledged at all');

  const version = (await allOperations(room)).length;
  await until('the browser is back and has caught up', async () => {
    const status = person.see('room-status');
    return (
      (await status.getAttribute('data-status')) === 'live' &&
      Number(await status.getAttribute('data-version')) === version
    );
  }, 30_000);
  assert.equal(person.console.filter((line) => line.startsWith('page error')).length, 0);
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
