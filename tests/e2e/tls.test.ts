// A server with a certificate of its own: HTTPS and WSS without a proxy.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { call, createSession, until } from './support/api.ts';
import { makeRoot, makeServer, shownBy, trust } from './support/certificates.ts';
import { openSocket, reply } from './support/phoenix.ts';
import { runBinary, Server } from './support/server.ts';

let folder: string;
let files: { TLS_CERTIFICATE_FILE: string; TLS_KEY_FILE: string };
let server: Server;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tarotforge-tls-'));
  trust(await makeRoot(folder, 'root'));
  await makeServer(folder, 'root', '127.0.0.1');
  files = {
    TLS_CERTIFICATE_FILE: join(folder, 'server.crt'),
    TLS_KEY_FILE: join(folder, 'server.key'),
  };
  server = await Server.start(files);
});
after(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

// Somebody in a room, and how they shuffle its deck.
async function enter() {
  const room = await createSession(server.url);
  const socket = openSocket(server.url);
  const channel = socket.channel(`session:${room.session.id}`, { token: room.token });
  assert.equal((await reply(channel.join())).status, 'ok');
  const shuffle = () =>
    reply(channel.push('operation', { kind: 'shuffle', key: crypto.randomUUID() }));
  return { room, socket, shuffle };
}

test('TL1 TL4 SC9 a reading goes over https and wss, and its links say so', async () => {
  const page = await fetch(`${server.url}/`);
  assert.match(await page.text(), /<title>TarotForge/);
  assert.match(page.headers.get('strict-transport-security') ?? '', /max-age=31536000/);
  const { room, socket, shuffle } = await enter();
  assert.ok(room.invite.url.startsWith(`https://127.0.0.1:${server.port}/invite/`));
  assert.equal((await shuffle()).status, 'ok');
  socket.disconnect();
  assert.match(server.log, /info TarotForge .* listens on https:\/\/127\.0\.0\.1:/);
});

test('TL2 who speaks plain HTTP is told so', async () => {
  const answer = await fetch(`http://127.0.0.1:${server.port}/v1/decks`);
  assert.equal(answer.status, 400);
  assert.match(((await answer.json()) as { detail: string }).detail, /ask with https:/);
});

test('TL5 at SIGHUP a new certificate is shown, and who is here stays', async () => {
  const { socket, shuffle } = await enter();
  const old = await shownBy(server.port);
  await makeServer(folder, 'root', '127.0.0.1');
  assert.equal(await shownBy(server.port), old, 'not yet');
  server.signal('SIGHUP');
  await until('the new one is shown', async () => (await shownBy(server.port)) !== old);
  assert.equal((await shuffle()).status, 'ok');
  assert.equal((await fetch(`${server.url}/readyz`)).status, 200);

  // One that cannot be used changes nothing, and the log says so.
  const current = await shownBy(server.port);
  const good = await readFile(files.TLS_CERTIFICATE_FILE);
  await writeFile(files.TLS_CERTIFICATE_FILE, good.subarray(0, 300));
  server.signal('SIGHUP');
  await until('the log says so', async () =>
    /error TLS_CERTIFICATE_FILE = .* It holds no certificate in PEM form\. The certificate before it stays in force, until 20/
      .test(server.log));
  assert.equal(await shownBy(server.port), current);
  assert.equal((await shuffle()).status, 'ok');
  await writeFile(files.TLS_CERTIFICATE_FILE, good);
  socket.disconnect();
});

test('TL6 CL10 what cannot be used stops the start with one line', async () => {
  const refused = async (settings: Record<string, string>, code: number, line: RegExp) => {
    const env = { ...server.environment(), ...files, TAROTFORGE_LISTEN: '127.0.0.1:0',
                  DATABASE_URL: `sqlite://${folder}/other.db`, TAROTFORGE_UNSAFE_TIMING: 'off',
                  ...settings };
    const ended = await runBinary(env, folder, 'serve');
    assert.equal(ended.code, code, ended.err);
    assert.match(ended.err.trim(), line);
    assert.equal(ended.err.trim().split('\n').length, 1, ended.err);
  };
  await refused({ TLS_KEY_FILE: '' }, 2, /^tarotforge: TLS_CERTIFICATE_FILE and TLS_KEY_FILE go together/);
  await refused({ TLS_KEY_FILE: join(folder, 'root.key') }, 1,
                /^tarotforge: TLS_KEY_FILE = .*: The key is not that of the certificate/);
  const locked = join(folder, 'locked.key');
  execFileSync('openssl', ['pkey', '-in', files.TLS_KEY_FILE, '-aes128', '-passout',
                           'pass:open-sesame-passphrase', '-out', locked]);
  await refused({ TLS_KEY_FILE: locked }, 1, /: It is locked by a passphrase, .* without one/);
  await refused({ TLS_CERTIFICATE_FILE: join(folder, 'none.crt') }, 1,
                /^tarotforge: TLS_CERTIFICATE_FILE = .*none\.crt: It cannot be read: No such file/);
});

test('TL1 commands and health checks find their server as before', async () => {
  const listed = await server.command('sessions', '--json');
  assert.equal(listed.code, 0, listed.err);
  const answer = await call<{ ready: boolean }>(server.url, 'GET', '/readyz');
  assert.equal(answer.body.ready, true);
});
