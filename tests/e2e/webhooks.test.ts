// Webhooks from a real server to a receiver that verifies them by itself, answers 500 at first, and
// sees the server killed.
import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server as HttpServer } from 'node:http';
import { after, before, test } from 'node:test';
import { call, createSession, until } from './support/api.ts';
import { joinAs } from './support/rooms.ts';
import { ADMIN_TOKEN, Server } from './support/server.ts';

interface Told {
  id: string;
  type: string;
  data: { sessionId: string; generation: number; participantId?: string; reason?: string };
}
interface Listed {
  id: string;
  state: 'waiting' | 'dead';
  type: string;
  attempts: number;
  lastError: string | null;
}

const OLD_SECRET = `whsec_${randomBytes(32).toString('base64')}`;
const NEW_SECRET = `whsec_${randomBytes(32).toString('base64')}`;

let receiver: HttpServer;
let server: Server;
let status = 200;
let attempts = 0;
const taken: Told[] = [];

// As a receiver that knows one secret does.
function isSigned(headers: IncomingHttpHeaders, body: string, secret: string): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const text = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const signature = `v1,${createHmac('sha256', key).update(text).digest('base64')}`;
  return String(headers['webhook-signature']).split(' ').includes(signature);
}

before(async () => {
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (data: Buffer) => (body += data.toString()));
    request.on('end', () => {
      attempts += 1;
      const { headers } = request;
      const age = Date.now() / 1000 - Number(headers['webhook-timestamp']);
      const good =
        isSigned(headers, body, OLD_SECRET) && isSigned(headers, body, NEW_SECRET) && age < 60;
      if (status === 200 && good)
        taken.push({ id: String(headers['webhook-id']), ...(JSON.parse(body) as Omit<Told, 'id'>) });
      response.writeHead(good ? status : 400).end();
    });
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const address = receiver.address();
  assert.ok(address !== null && typeof address === 'object');
  server = await Server.start({
    WEBHOOK_URLS: `http://127.0.0.1:${address.port}/hooks`,
    WEBHOOK_SECRETS: `${OLD_SECRET},${NEW_SECRET}`,
    WEBHOOK_PRIVATE_TARGETS: 'on',
  });
});

after(async () => {
  await server?.stop();
  receiver?.close();
  receiver?.closeAllConnections();
});

async function listed(query = ''): Promise<Listed[]> {
  const path = `/v1/admin/webhooks${query}`;
  const headers = { Authorization: `Bearer ${ADMIN_TOKEN}` };
  const answer = await fetch(server.url + path, { headers });
  assert.equal(answer.status, 200);
  return ((await answer.json()) as { webhooks: Listed[] }).webhooks;
}

// What was taken of one session, each once.
function typesOf(session: string): string[] {
  const seen = new Map(taken.map((each) => [each.id, each]));
  return [...seen.values()].filter((each) => each.data.sessionId === session).map((each) => each.type);
}

test('WH3 WH5 WH6 a session is told in its order, signed by both secrets', async () => {
  const room = await createSession(server.url, { name: 'Ottilie' });
  await joinAs(server.url, room, 'Balthasar');
  const path = `/v1/admin/sessions/${room.session.id}`;
  const token = { token: ADMIN_TOKEN };
  assert.equal((await call(server.url, 'POST', `${path}/expire`, token)).status, 200);
  assert.equal((await server.command('restore', room.session.id)).code, 0);
  await until('four are taken', async () => typesOf(room.session.id).length === 4);
  assert.deepEqual(typesOf(room.session.id), [
    'session.created',
    'participant.joined',
    'session.expired',
    'session.restored',
  ]);
  assert.ok(!JSON.stringify(taken).match(/Ottilie|Balthasar/));
});

test('WH5 WH6 WH7 WH8 what was refused outlives kill -9, and then comes in order', async () => {
  status = 500;
  const room = await createSession(server.url);
  await joinAs(server.url, room, 'Robin');
  await until('a refusal is noted', async () =>
    (await listed()).some((each) => each.lastError !== null),
  );
  const waiting = await listed('?state=waiting');
  assert.deepEqual(
    waiting.map((each) => each.type),
    ['session.created', 'participant.joined'],
  );
  assert.match(String(waiting[0]?.lastError), /answered 500/);
  assert.equal(waiting[1]?.attempts, 0);
  await server.kill();

  status = 200;
  await server.run();
  const replayed = await server.command('webhooks', 'replay', String(waiting[0]?.id));
  assert.equal(replayed.code, 0, replayed.err);
  await until('both are taken', async () => typesOf(room.session.id).length === 2);
  assert.deepEqual(typesOf(room.session.id), ['session.created', 'participant.joined']);
  await until('none is left', async () => (await listed()).length === 0);
  assert.ok(attempts > taken.length);

  const again = await server.command('webhooks', 'replay', String(waiting[0]?.id));
  assert.equal(again.code, 1);
  assert.match(again.err, /it was delivered/);
  const none = await server.command('webhooks', '--dead', '--json');
  assert.deepEqual(JSON.parse(none.out), []);
});
