// The phoenix package from npm, unchanged, as a developer of another client would use it.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { call, createSession, until, type Created } from './support/api.ts';
import { openSocket, presenceOf, reply } from './support/phoenix.ts';
import { Server } from './support/server.ts';

let server: Server;

before(async () => {
  server = await Server.start();
});
after(async () => {
  await server?.stop();
});

interface Joined {
  you: string;
  session: { version: number };
  operations: { version: number }[];
  timing: { pingSeconds: number };
}

test('PH15 PH4 PH5 VR2 the phoenix package joins, operates, follows presence, leaves, rejoins', async () => {
  const room = await createSession(server.url);
  const guest = await call<Created>(server.url, 'POST', `/v1/invites/${room.invite.code}/join`,
    { body: { name: 'Robin' }, key: randomUUID() });
  const topic = `session:${room.session.id}`;
  const socket = openSocket(server.url);
  const channel = socket.channel(topic, { token: room.token, sinceVersion: 0 });
  const presence = presenceOf(channel);
  const heard: number[] = [];
  channel.on('operation', (operation: { version: number }) => heard.push(operation.version));
  const joined = await reply<Joined>(channel.join());
  assert.equal(joined.status, 'ok');
  assert.equal(joined.response.timing.pingSeconds, 25);

  const other = openSocket(server.url);
  const seat = other.channel(topic, { token: guest.body.token });
  assert.equal((await reply(seat.join())).status, 'ok');
  await until('both are present', async () => presence.names().join() === 'Host,Robin');

  const operated = await reply<{ version: number }>(
    channel.push('operation', { key: randomUUID(), kind: 'set_question', question: 'Well?' }));
  assert.deepEqual(operated, { status: 'ok', response: { version: 1 } });
  await until('the operation comes to its sender too', async () => heard.includes(1));
  const refused = await reply<{ code: string; detail: string }>(
    seat.push('operation', { key: randomUUID(), kind: 'lock_table', locked: true }));
  assert.equal(refused.status, 'error');
  assert.equal(refused.response.code, 'not_allowed');

  assert.equal((await reply(seat.leave())).status, 'ok');
  const again = other.channel(topic, { token: guest.body.token, sinceVersion: 0 });
  const rejoined = await reply<Joined>(again.join());
  assert.deepEqual(rejoined.response.operations.map((operation) => operation.version), [1]);
  socket.disconnect();
  other.disconnect();
});
