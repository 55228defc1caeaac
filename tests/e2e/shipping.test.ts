// What is shipped beside the binary: the Debian package, the unit, the man page, completion, and
// the examples of proxies, each with the real programs that read them.
import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createSession, until } from './support/api.ts';
import { makeRoot, makeServer, trust } from './support/certificates.ts';
import { openSocket, reply } from './support/phoenix.ts';
import { ADMIN_TOKEN, BINARY, freePort, Server } from './support/server.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const COMMANDS_IN_HELP = /^ {2}([a-z-]+) {2,}/gm;

let folder: string;
const running: ChildProcess[] = [];
const servers: Server[] = [];

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tarotforge-shipping-'));
  trust(await makeRoot(folder, 'root'));
  await makeServer(folder, 'root', '127.0.0.1');
});
after(async () => {
  for (const each of servers) await each.stop();
  for (const each of running) {
    if (each.exitCode !== null || each.signalCode !== null) continue;
    const ended = once(each, 'exit');
    each.kill('SIGTERM');
    await ended;
  }
  await rm(folder, { recursive: true, force: true });
});

function run(program: string, ...words: string[]): string {
  const { TAROTFORGE_BINARY: _, ...env } = process.env; // it looks like a setting
  const ran = spawnSync(program, words, { encoding: 'utf8', cwd: ROOT, env });
  assert.equal(ran.error, undefined);
  assert.equal(ran.status, 0, `${program} ${words.join(' ')}\n${ran.stdout}${ran.stderr}`);
  return ran.stdout;
}

function commands(...of: string[]): string[] {
  const help = run(BINARY, ...of, '--help');
  const found = [...help.slice(help.search(/^subcommands:/im)).matchAll(COMMANDS_IN_HELP)];
  assert.ok(found.length >= (of.length ? 3 : 10), help);
  return found.map(([, name]) => name);
}

test('SV2 the package holds the service, and its binary runs', () => {
  run('cpack', '--config', 'build/release/CPackConfig.cmake', '-B', folder);
  const version = run(BINARY, '--version').trim();
  const architecture = run('dpkg', '--print-architecture').trim();
  const file = join(folder, `tarotforge_${version}_${architecture}.deb`);
  const fields = run('dpkg-deb', '--field', file);
  assert.match(fields, /^Depends: .*libpq5.*libsqlite3-0/m);
  run('dpkg-deb', '--extract', file, join(folder, 'root'));
  assert.equal(run(join(folder, 'root/usr/bin/tarotforge'), '--version').trim(), version);
  const settings = join(folder, 'root/etc/tarotforge/tarotforge.toml');
  const config = run(join(folder, 'root/usr/bin/tarotforge'), 'config', '--config', settings);
  assert.match(config, /sqlite:\/\/\/var\/lib\/tarotforge\/tarotforge\.db/);
});

test('SV2 lintian finds no error in the package', () => {
  const version = run(BINARY, '--version').trim();
  const architecture = run('dpkg', '--print-architecture').trim();
  run('lintian', '--fail-on', 'error', '--allow-root',
    join(folder, `tarotforge_${version}_${architecture}.deb`));
});

test('SV3 systemd accepts the unit, and finds it little exposed', async () => {
  const unit = await readFile(join(ROOT, 'deploy/systemd/tarotforge.service'), 'utf8');
  const here = join(folder, 'tarotforge.service');
  await writeFile(here, unit.replace('/usr/bin/tarotforge', BINARY).replace(/^Doc.*\n/m, ''));
  run('systemd-analyze', 'verify', here);
  run('systemd-analyze', 'security', '--offline=yes', '--threshold=20', here);
});

test('SV1 the service manager hears that the server listens, lives and stops', async () => {
  const path = join(folder, 'notify');
  const listener = spawn('python3', ['-uc', `
import socket, sys
manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
manager.bind(sys.argv[1])
print('bound')
while True: print(manager.recv(4096).decode().replace('\\n', ' '))`, path]);
  running.push(listener);
  let heard = '';
  listener.stdout.on('data', (data: Buffer) => (heard += data.toString()));
  await until('the manager listens', async () => heard.includes('bound'));
  const server = await Server.start({ NOTIFY_SOCKET: path, WATCHDOG_USEC: '400000' });
  servers.push(server);
  await until('it is ready', async () => /READY=1 STATUS=listens on http/.test(heard));
  await until('it lives', async () => heard.split('WATCHDOG=1').length > 4);
  await server.stop();
  await until('it stops', async () => heard.trimEnd().endsWith('STOPPING=1'));
});

test('SV4 CL19 the man page and the completion know every command', async () => {
  const page = await readFile(join(ROOT, 'docs/man/tarotforge.1'), 'utf8');
  const warnings = spawnSync('man', ['--warnings', '-l', join(ROOT, 'docs/man/tarotforge.1')], {
    encoding: 'utf8',
  });
  assert.equal(warnings.stderr, '');
  const completion = join(ROOT, 'deploy/completion/tarotforge.bash');
  const complete = (...words: string[]) =>
    run('bash', '-c', `PATH="${join(BINARY, '..')}:$PATH"; . ${completion}
      COMP_WORDS=(tarotforge ${words.map((word) => `'${word}'`).join(' ')})
      COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _tarotforge; printf '%s\\n' "\${COMPREPLY[@]}"`)
      .split('\n').filter(Boolean);
  for (const command of commands()) {
    const written = command.replace('-', '\\\\-');
    assert.match(page, new RegExp(`^\\.B ${written}\\b`, 'm'), `${command} in the man page`);
    assert.deepEqual(complete(command), [command]);
  }
  const told = await readFile(join(ROOT, 'docs/operations.md'), 'utf8');
  for (const code of [0, 1, 2, 3, 130]) {
    assert.match(page, new RegExp(`^\\.B ${code}$`, 'm'));
    assert.match(told, new RegExp(`^\\| ${code} \\|`, 'm'));
  }
  assert.deepEqual(complete('sessions', '--status', 'e'), ['expired']);
  assert.ok(complete('cleanup', '--dry').includes('--dry-run'));
  assert.ok(complete('sessions', '--created').includes('--created-since'));
  assert.deepEqual(complete('tail', '--type', 'exp'), ['expired']);
  for (const word of commands('migrate')) {
    assert.match(page, new RegExp(`^\\.B migrate (\\S*\\[\\S*)?${word}\\b`, 'm'));
    assert.deepEqual(complete('migrate', word), [word]);
  }
  assert.ok(complete('migrate', 'status', '--js').includes('--json'));
});

// A reading through the proxy: the page, a request, a socket with an operation, and what is hidden.
async function readThrough(proxy: string): Promise<void> {
  await until('the proxy passes requests on', async () => {
    const ready = await fetch(`${proxy}/readyz`).catch(() => null);
    return ready?.status === 200;
  });
  assert.match(await (await fetch(`${proxy}/`)).text(), /<title>TarotForge/);
  const metrics = await fetch(`${proxy}/metrics`, {
    headers: { Authorization: `Bearer ${ADMIN_TOKEN}` },
  });
  assert.equal(metrics.status, 404);
  const room = await createSession(proxy);
  const socket = openSocket(proxy);
  const channel = socket.channel(`session:${room.session.id}`, { token: room.token });
  const heard = new Promise<{ kind: string }>((resolve) => channel.on('operation', resolve));
  assert.equal((await reply(channel.join())).status, 'ok');
  const sent = channel.push('operation', { kind: 'shuffle', key: crypto.randomUUID() });
  assert.equal((await reply(sent)).status, 'ok');
  assert.equal((await heard).kind, 'shuffle');
  socket.disconnect();
}

// The status of making a reading, asked for from one of this machine's addresses, by somebody who
// claims to have another.
function createFrom(localAddress: string, base: string, claimed: string): Promise<number> {
  const request = base.startsWith('https:') ? secureRequest : plainRequest;
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json', 'X-Forwarded-For': claimed };
    request(`${base}/v1/sessions`, { method: 'POST', localAddress, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    }).on('error', reject).end('{"deckId":"classic"}');
  });
}

// Who asks through the proxy is who the proxy says; what strangers say of themselves counts nowhere.
async function isBelievedAlone(proxy: string, server: Server): Promise<void> {
  const statuses: number[] = [];
  for (let i = 1; i <= 4; ++i)
    statuses.push(await createFrom('127.0.0.1', proxy, `203.0.113.${i}`));
  assert.deepEqual(statuses, [201, 201, 429, 429], 'one address, whatever it claims');
  assert.equal(await createFrom('127.0.0.3', proxy, '127.0.0.1'), 201, 'another one');
  assert.equal(await createFrom('127.0.0.1', server.url, '203.0.113.9'), 429, 'past the proxy');
}

// As it is asked for behind each proxy: its own address, of which one reading is made before.
const BEHIND_PROXY = { TRUSTED_PROXIES: '127.0.0.2', RATE_LIMITS: 'on', RATE_LIMIT_ENTRIES: '3' };

test('SV5 SC7 a reading goes through nginx as in deploy/nginx, which ends TLS', async () => {
  const server = await Server.start(BEHIND_PROXY);
  servers.push(server);
  const port = await freePort();
  const shipped = await readFile(join(ROOT, 'deploy/nginx/tarotforge.conf'), 'utf8');
  const own = shipped
    .replace('127.0.0.1:8080', `127.0.0.1:${server.port}`)
    .replace(/^ *listen \[::\].*\n/m, '')
    .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
    .replace(/\/etc\/.*fullchain\.pem/, join(folder, 'server.crt'))
    .replace(/\/etc\/.*privkey\.pem/, join(folder, 'server.key'))
    .replace('proxy_http_version', 'proxy_bind 127.0.0.2; proxy_http_version');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/nginx-${name};`)
    .join('\n');
  await writeFile(join(folder, 'nginx.conf'), `
    daemon off; pid ${folder}/nginx.pid; error_log stderr;
    events {}
    http { access_log off; ${temporary}
    ${own} }`);
  running.push(spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], {
    stdio: 'ignore',
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
  }));
  await readThrough(`https://127.0.0.1:${port}`);
  await isBelievedAlone(`https://127.0.0.1:${port}`, server);
});

test('SV5 SC7 a reading goes through HAProxy as in deploy/haproxy, which ends TLS', async () => {
  const server = await Server.start(BEHIND_PROXY);
  servers.push(server);
  const port = await freePort();
  const shipped = await readFile(join(ROOT, 'deploy/haproxy/haproxy.cfg'), 'utf8');
  const own = shipped
    .replace('127.0.0.1:8080', `127.0.0.1:${server.port} source 127.0.0.2`)
    .replace('bind :443 ssl', `bind 127.0.0.1:${port} ssl`)
    .replace(/\/etc\/haproxy\/\S+\.pem/, join(folder, 'haproxy.pem'));
  const parts = ['server.crt', 'server.key'].map((name) => readFile(join(folder, name), 'utf8'));
  await writeFile(join(folder, 'haproxy.pem'), (await Promise.all(parts)).join(''));
  await writeFile(join(folder, 'haproxy.cfg'), own);
  running.push(spawn('haproxy', ['-f', join(folder, 'haproxy.cfg')], {
    stdio: 'ignore',
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
  }));
  await readThrough(`https://127.0.0.1:${port}`);
  await isBelievedAlone(`https://127.0.0.1:${port}`, server);
});
