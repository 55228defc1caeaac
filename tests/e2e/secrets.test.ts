// What is logged at the most talkative level, while everything is done that a secret, a name or a
// text takes part in.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { call, until, type Created } from './support/api.ts';
import { JWT_SECRET, makeJwt } from './support/jwt.ts';
import { openSocket, reply } from './support/phoenix.ts';
import { ADMIN_TOKEN, BINARY, runBinary, Server } from './support/server.ts';

// Written by people; each stands once in what they do.
const TEXTS = ['Ottoline-the-host', 'Balthasar-the-guest', 'Peregrine-renamed', 'Will-he-come-back',
               'A-question-asked-later', 'She-will-not-return', 'beneath-the-old-oak',
               'Wilhelmina-malformed', 'Xenia-too-long'];

async function live(server: Server): Promise<string[]> {
  const ask = <T>(method: string, path: string, token = '', body?: unknown) =>
    call<T>(server.url, method, path, { token, body, key: randomUUID() });
  const jwt = makeJwt(randomUUID());
  const [host, guest, renamed, question, later, interpretation, place] = TEXTS;
  const { body: created } = await ask<Created>('POST', '/v1/sessions', jwt,
    { deckId: 'classic', layout: 'freestyle', name: host, question });
  const path = `/v1/sessions/${created.session.id}`;
  const { body: joined } = await ask<Created>('POST', `/v1/invites/${created.invite.code}/join`,
                                              '', { name: guest });
  const socket = openSocket(server.url);
  const channel = socket.channel(`session:${created.session.id}`, { token: created.token });
  assert.equal((await reply(channel.join())).status, 'ok');
  for (const operation of [
    { kind: 'set_question', question: later }, { kind: 'set_step', step: 'drawing' },
    { kind: 'draw', position: place, x: 0.5, y: 0.5 }, { kind: 'interpret', text: interpretation },
  ])
    assert.equal((await reply(channel.push('operation', { ...operation, key: randomUUID() })))
      .status, 'ok');
  assert.equal((await ask('PATCH', `${path}/participants/me`, joined.token, { name: renamed }))
    .status, 200);

  // What is refused.
  const refused = [makeJwt(randomUUID(), { exp: 1 }), makeJwt('somebody@example.org'),
                   makeJwt(randomUUID(), {}, 'another secret that nobody shares'),
                   `${jwt}x`, jwt.slice(0, -9)];
  for (const token of refused)
    assert.ok((await ask('POST', '/v1/sessions', token, { deckId: 'classic' })).status >= 401);
  const wrong = ['a-wrong-token-of-somebody', 'a-wrong-restore-key'];
  await ask('GET', path, wrong[0]);
  await ask('GET', '/v1/admin/stats', wrong[0]);
  await ask('POST', `${path}/restore`, '', { restoreKey: wrong[1] });
  await ask('POST', '/v1/sessions', '', { deckId: 'none', name: TEXTS[7], policy: 7 });
  await ask('POST', '/v1/sessions', '', { deckId: 'classic', name: TEXTS[8].repeat(99) });
  const stranger = socket.channel(`session:${created.session.id}x`, { token: wrong[0] });
  assert.equal((await reply(stranger.join())).status, 'error');

  // Its end, by all ways that there are.
  await ask('POST', `/v1/admin/sessions/${created.session.id}/expire`, ADMIN_TOKEN);
  await ask('POST', `${path}/restore`, '', { restoreKey: created.restoreKey });
  await ask('DELETE', `/v1/invites/${created.invite.code}`, created.token);
  await ask('POST', `${path}/leave`, '', { token: joined.token, reason: 'left' });
  await ask('POST', '/v1/admin/cleanup', ADMIN_TOKEN);
  await ask('DELETE', path, created.token);
  socket.disconnect();
  return [jwt, ...refused, ...wrong, created.token, joined.token, created.restoreKey,
          created.invite.code, ADMIN_TOKEN, JWT_SECRET, ...TEXTS];
}

interface LogLine { time: string; level: string; line: string; requestId?: string; sessionId?: string }

function isStructured(log: string): void {
  const lines = log.split('\n').filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as LogLine);
  for (const { time, level, line } of lines) {
    assert.ok(!Number.isNaN(Date.parse(time)), time);
    assert.match(level, /^(debug|info|warning|error)$/);
    assert.ok(line.length > 0);
  }
  const requests = lines.filter(({ line }) => line.startsWith('Request '));
  assert.ok(requests.length > 10);
  for (const { line, requestId, sessionId } of requests) {
    assert.ok(line.startsWith(`Request ${requestId}: `), line);
    assert.equal(sessionId, / of session (\S+)/.exec(line)?.[1], line);
  }
  assert.ok(requests.some(({ sessionId }) => sessionId));
}

for (const format of ['text', 'json'])
  test(`TK7 CL21 neither secrets nor what people write is logged, as ${format}`, async () => {
    const server = await Server.start({ AUTH_JWT_SECRET: JWT_SECRET, LOG_LEVEL: 'debug',
                                        LOG_FORMAT: format });
    const secrets = await live(server);
    await server.stop();
    assert.match(server.log, /A sign-in was refused: Your sign-in has expired/);
    assert.match(server.log, /Cleanup completed/);
    // A signature is a secret too: with it the rest of a token is easily found.
    const signatures = secrets.map((each) => each.split('.')[2]).filter((part) => part?.length > 5);
    assert.equal(signatures.length, 6);
    for (const secret of [...secrets, ...signatures])
      assert.ok(!server.log.includes(secret), `${secret} in\n${server.log}`);
    if (format === 'json') isStructured(server.log);
  });

test('TK7 CF6 a password of the database is not shown, whatever goes wrong', async () => {
  const password = 'open-sesame-of-the-database';
  const server = await Server.prepare();
  const env = (url: string) => ({ ...server.environment(), DATABASE_URL: url, LOG_LEVEL: 'debug' });
  for (const url of [`postgresql://keeper:${password}@127.0.0.1:1/readings?nonsense=1`,
                     `postgresql://keeper@127.0.0.1:1/readings?nonsense=1&password=${password}`,
                     `mysql://keeper:${password}@127.0.0.1/readings`]) {
    const ended = await runBinary(env(url), server.folder, 'serve');
    assert.equal(ended.code, 2, ended.err);
    assert.ok(!(ended.out + ended.err).includes(password), ended.err);
  }
  // One that is away is waited for.
  const away = `postgresql://keeper:${password}@127.0.0.1:1/readings`;
  const child = spawn(BINARY, ['serve'], { env: env(away), cwd: server.folder });
  let log = '';
  child.stderr.on('data', (data: Buffer) => (log += data.toString()));
  const exited = once(child, 'exit');
  try {
    await until('it says so', async () => /Trying again in/.test(log));
  } finally {
    child.kill('SIGKILL');
    await exited;
  }
  assert.ok(!log.includes(password), log);
  const config = await runBinary(env(away), server.folder, 'config');
  assert.ok(!config.out.includes(password), config.out);
  await server.stop();
});

test('TK7 CF2 the secrets among the settings are not shown', async () => {
  const server = await Server.prepare({ AUTH_JWT_SECRET: JWT_SECRET });
  for (const words of [['config'], ['config', '--json']]) {
    const shown = await server.command(...words);
    assert.ok(!shown.out.includes(JWT_SECRET) && !shown.out.includes(ADMIN_TOKEN), shown.out);
  }
  const short = await server.command('serve', '--auth-jwt-secret', 'too-short-a-secret');
  assert.equal(short.code, 1);
  assert.match(short.err, /AUTH_JWT_SECRET must be at least 32 characters/);
  assert.ok(!short.err.includes('too-short-a-secret'));
  await server.stop();
});
