// The command line on a real database, most of it beside a running server.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { call, createSession, until, type Session } from './support/api.ts';
import { openSocket, reply } from './support/phoenix.ts';
import { ADMIN_TOKEN, BINARY, Server } from './support/server.ts';

let server: Server;

before(async () => {
  server = await Server.start({ PRESENCE_UPDATE_SECONDS: '1', SESSION_TIMEOUT_HOURS_MIN: '0.0005' });
});
after(async () => {
  await server?.stop();
});

async function expiredSession() {
  const room = await createSession(server.url, { policy: { timeoutSeconds: 2 } });
  await until('it expires', async () => {
    const answer = await call<{ session: Session }>(
      server.url, 'GET', `/v1/sessions/${room.session.id}`, { token: room.token });
    return answer.body.session.status === 'expired';
  });
  return room;
}

test('CL2 check tells by its exit code whether a session has expired', async () => {
  const open = await createSession(server.url);
  const alive = await server.command('check', open.session.id);
  assert.equal(alive.code, 0, alive.err);
  assert.match(alive.out, /expired\s+false/);
  const gone = await expiredSession();
  assert.equal((await server.command('check', gone.session.id)).code, 3);
  const unknown = await server.command('check', 'not-an-id');
  assert.equal(unknown.code, 1);
  assert.match(unknown.err, /^tarotforge: .*sessions. lists them\.\n$/);
});

test('CL4 CL11 ST12 a restore by the command line reaches who waits', async () => {
  const room = await expiredSession();
  const socket = openSocket(server.url);
  const waiting = socket.channel(`waiting:${room.session.id}`, {});
  const heard = new Promise<number>((resolve) =>
    waiting.on('session_restored', () => resolve(Date.now())));
  assert.equal((await reply(waiting.join())).status, 'ok');
  const began = Date.now();
  const restored = await server.command('restore', room.session.id);
  assert.equal(restored.code, 0, restored.err);
  const done = Date.now();
  assert.ok((await heard) - done < 1500, 'told within a second of the commit');
  assert.ok((await heard) > began);
  socket.disconnect();
});

test('CL1 cleanup beside a server harms no living session; --dry-run changes nothing', async () => {
  const room = await createSession(server.url);
  const dry = await server.command('cleanup', '--dry-run', '--json');
  assert.equal(dry.code, 0, dry.err);
  assert.equal(JSON.parse(dry.out).dryRun, true);
  const wet = await server.command('cleanup');
  assert.equal(wet.code, 0, wet.err);
  const answer = await call<{ session: Session }>(
    server.url, 'GET', `/v1/sessions/${room.session.id}`, { token: room.token });
  assert.equal(answer.body.session.status, 'active');
});

test('CL3 CL8 stats and sessions agree with the API and print JSON on request', async () => {
  const listed = JSON.parse((await server.command('sessions', '--json')).out) as { id: string }[];
  const stats = JSON.parse((await server.command('stats', '--json')).out);
  const api = await call<{ totalSessions: number }>(server.url, 'GET', '/v1/admin/stats',
    { token: ADMIN_TOKEN });
  assert.equal(stats.totalSessions, listed.length);
  assert.equal(api.body.totalSessions, listed.length);
  const text = (await server.command('sessions')).out.trim().split('\n');
  assert.equal(text.length, listed.length, 'one line each, no heading where it is no terminal');
  assert.ok(!text.join('').includes('\u001b'), 'no colours');
});

test('CL6 backup copies the database in use and never overwrites a file', async () => {
  const room = await createSession(server.url);
  const copy = `${server.folder}/copy.db`;
  const first = await server.command('backup', copy);
  assert.equal(first.code, 0, first.err);
  assert.ok(existsSync(copy));
  const listed = await server.command('sessions', '--json', '--database-url', `sqlite://${copy}`);
  assert.ok(listed.out.includes(room.session.id));
  const second = await server.command('backup', copy);
  assert.equal(second.code, 1);
  assert.match(second.err, /exists/);
});

test('CL7 CL5 doctor finds a sound database sound and a damaged one damaged', async () => {
  const sound = await server.command('doctor');
  assert.equal(sound.code, 0, sound.out + sound.err);
  const fresh = `sqlite://${server.folder}/fresh.db`;
  const applied = await server.command('migrate', '--database-url', fresh);
  assert.equal(applied.code, 0, applied.err);
  assert.match(applied.out, /Applied 0001_/);
  const again = await server.command('migrate', '--database-url', fresh);
  assert.doesNotMatch(again.out, /Applied/);
  assert.match(again.out, /up to date/);
  const broken = `${server.folder}/broken.db`;
  await writeFile(broken, 'this is no database, only some text that is longer than a header'.repeat(99));
  const damaged = await server.command('doctor', '--database-url', `sqlite://${broken}`);
  assert.equal(damaged.code, 1);
  assert.match(damaged.err + damaged.out, /damaged|not a database/);
});

test('ST7 CL10 a second server, a bad setting and an unknown command say so in one line', async () => {
  const second = await server.command('serve', '--listen', '127.0.0.1:0');
  assert.equal(second.code, 1);
  assert.equal(second.err.trim().split('\n').at(-1)?.startsWith('tarotforge: '), true, second.err);
  const setting = await server.command('config', '--session-timeout-hours', 'soon');
  assert.equal(setting.code, 2);
  assert.equal(setting.err.trim().split('\n').length, 1);
  assert.match(setting.err, /SESSION_TIMEOUT_HOURS/);
  const taken = await server.command('serve', '--database-url',
    `sqlite://${server.folder}/other.db`);
  assert.notEqual(taken.code, 0);
  assert.match(taken.err, /Port \d+ is taken/);
});

test('CL12 demo fills an empty database, and no other unless told so', async () => {
  const apart = ['--database-url', `sqlite://${server.folder}/demo.db`];
  const made = await server.command('demo', '--sessions', '200', '--hours', '48', ...apart);
  assert.equal(made.code, 0, made.err);
  assert.match(made.out, /Made up 200 sessions of the last 48 hours/);
  const sound = await server.command('doctor', ...apart);
  assert.equal(sound.code, 0, sound.out + sound.err);
  const refused = await server.command('demo', ...apart);
  assert.equal(refused.code, 1);
  assert.match(refused.err, /has 200 sessions.*--add/);
  assert.equal((await server.command('demo', '--sessions', '5', '--add', ...apart)).code, 0);
  const listed = JSON.parse((await server.command('sessions', '--json', ...apart)).out) as {
    status: string; createdAt: string }[];
  assert.equal(listed.length, 205);
  const statuses = new Set(listed.map((each) => each.status));
  assert.deepEqual([...statuses].sort(), ['active', 'completed', 'expired', 'purged']);
});

test('CL13 CL17 sessions are filtered, and coloured where that is asked for', async () => {
  const apart = ['--database-url', `sqlite://${server.folder}/demo.db`];
  const list = async (...words: string[]) => {
    const answer = await server.command('sessions', '--json', ...apart, ...words);
    assert.equal(answer.code, 0, answer.err);
    return JSON.parse(answer.out) as { id: string; deckId: string; createdAt: string }[];
  };
  const all = await list();
  assert.deepEqual((await list('--limit', '3')).map(({ id }) => id),
                   all.slice(-3).reverse().map(({ id }) => id));
  const recent = await list('--created-since', '6h');
  const bound = Date.now() - 6 * 3_600_000;
  assert.equal(recent.length, all.filter((each) => Date.parse(each.createdAt) >= bound).length);
  const nocturne = await list('--deck', 'nocturne');
  assert.ok(nocturne.length > 0 && nocturne.length < all.length);
  assert.ok(nocturne.every((each) => each.deckId === 'nocturne'));
  assert.ok((await list('--active-since', '10m')).length < all.length);
  const wrong = await server.command('sessions', '--active-since', 'soon', ...apart);
  assert.equal(wrong.code, 1);
  assert.match(wrong.err, /Write it like 90m/);
  const painted = await server.command('sessions', '--limit', '1', '--color', 'always', ...apart);
  const plain = await server.command('sessions', '--limit', '1', ...apart);
  assert.ok(!plain.out.includes('\u001b'), 'no terminal');
  assert.match(painted.out, /\u001b\[\d+m(active|expired|completed|purged) *\u001b\[0m/);
});

test('CL15 tail tells each event once, as it happens', async () => {
  const before = await createSession(server.url);
  const follow = (...words: string[]) => {
    const child = spawn(BINARY, ['tail', '--json', ...words],
                        { env: server.environment(), cwd: server.folder });
    const told: { type: string; sessionId: string; id: string }[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => told.push(JSON.parse(line)));
    return { child, told };
  };
  const every = follow('--lines', '1');
  const some = follow('--type', 'completed', '--lines', '0');
  const one = follow('--session', before.session.id);
  try {
    await until('the last of before is told', async () =>
      every.told[0]?.sessionId === before.session.id && one.told.length === 1);
    const room = await createSession(server.url);
    for (const each of [before, room])
      await call(server.url, 'POST', `/v1/sessions/${each.session.id}/complete`,
                 { token: each.token });
    await until('all is told', async () =>
      every.told.filter(({ sessionId, type }) =>
        sessionId === room.session.id && ['created', 'completed'].includes(type)).length === 2 &&
      some.told.filter(({ sessionId }) => sessionId === room.session.id).length === 1 &&
      one.told.length === 2);
    assert.equal(new Set(every.told.map(({ id }) => id)).size, every.told.length, 'each once');
    assert.ok(some.told.every(({ type }) => type === 'completed'));
    assert.ok(one.told.every(({ sessionId }) => sessionId === before.session.id));
  } finally {
    for (const { child } of [every, some, one]) {
      const exited = once(child, 'exit');
      child.kill('SIGINT');
      assert.deepEqual(await exited, [null, 'SIGINT']);
    }
  }
});

test('CL14 stats --watch goes on', async () => {
  const child = spawn(BINARY, ['stats', '--watch', '0.2', '--json'],
                      { env: server.environment(), cwd: server.folder });
  const told: { serverTime: string }[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => told.push(JSON.parse(line)));
  const exited = once(child, 'exit');
  await until('three times', async () => told.length >= 3);
  child.kill('SIGINT');
  await exited;
  assert.equal(new Set(told.map((each) => each.serverTime)).size, told.length);
});

test('CL16 CL18 a session is exported and explained, without what is secret', async () => {
  const room = await createSession(server.url, { question: 'What now?' });
  const exported = await server.command('export', room.session.id);
  assert.equal(exported.code, 0, exported.err);
  const { format, session, participants } = JSON.parse(exported.out);
  assert.equal(format, 'tarotforge-session-1');
  assert.equal(session.question, 'What now?');
  assert.equal(participants[0].name, 'Host');
  for (const secret of [room.token, room.restoreKey, room.invite.code])
    assert.ok(!exported.out.includes(secret));
  const all = (await server.command('export', '--all')).out.trim().split('\n');
  assert.ok(all.length > 1);
  assert.ok(all.every((line) => JSON.parse(line).format === format));
  assert.equal((await server.command('export')).code, 2);
  assert.equal((await server.command('export', crypto.randomUUID())).code, 1);
  const explained = await server.command('explain', room.session.id);
  assert.match(explained.out, /lastActivity\.by +created/);
  assert.match(explained.out, /Z {2}created/);
  await call(server.url, 'POST', `/v1/admin/sessions/${room.session.id}/expire`,
             { token: ADMIN_TOKEN, body: {} });
  const ended = await server.command('explain', room.session.id);
  assert.match(ended.out, /Z {2}expired +reason=operator duration_minutes=[\d.]+ participant_count=1 /);
});

test('CL20 CL21 the log of a running server is made to say more, and names requests', async () => {
  const ask = async () => {
    const answer = await fetch(`${server.url}/v1/decks`);
    return answer.headers.get('x-request-id') ?? '';
  };
  const quiet = await ask();
  assert.match(quiet, /^[0-9a-f]{16}$/);
  const more = await call(server.url, 'POST', '/v1/admin/log-level',
                          { token: ADMIN_TOKEN, body: { level: 'debug' } });
  assert.equal(more.status, 200);
  await until('it says so', async () => /level is debug, and was info/.test(server.log));
  const told = await ask();
  await until('the request is told', async () =>
    server.log.includes(`Request ${told}: GET /v1/decks was answered 200`));
  assert.ok(!server.log.includes(quiet));
  const room = await createSession(server.url);
  await call(server.url, 'GET', `/v1/sessions/${room.session.id}`, { token: room.token });
  await until('its session is told', async () =>
    server.log.includes(`GET /v1/sessions/{id} of session ${room.session.id} was answered 200`));
  assert.ok(!server.log.includes(room.invite.code));
  server.signal('SIGUSR2');
  await until('as before', async () => /level is info, and was debug/.test(server.log));
  server.signal('SIGUSR1');
  await until('one more', async () => server.log.split('level is debug, and was info').length === 3);
  server.signal('SIGUSR2');
});

test('CL9 an unknown command or flag prints one line and exits with 2', async () => {
  for (const words of [['conjure'], ['stats', '--sparkle'], ['sessions', '--status', 'lost']]) {
    const answer = await server.command(...words);
    assert.equal(answer.code, 2);
    assert.equal(answer.err.trim().split('\n').length, 1);
  }
});

test('CF1 CF2 config shows each value with its origin, a flag before the environment', async () => {
  const shown = JSON.parse(
    (await server.command('config', '--json', '--presence-update-seconds', '7')).out,
  ) as { name: string; value: string; origin: string; meaning: string }[];
  const named = (name: string) => shown.find((setting) => setting.name === name);
  assert.equal(named('PRESENCE_UPDATE_SECONDS')?.value, '7');
  assert.match(named('PRESENCE_UPDATE_SECONDS')?.origin ?? '', /^flag/);
  assert.equal(named('TAROTFORGE_UNSAFE_TIMING')?.origin, 'environment');
  assert.equal(named('LOG_LEVEL')?.origin, 'default');
  assert.ok(shown.every((setting) => setting.meaning.length > 0));
  assert.ok(!JSON.stringify(shown).includes(ADMIN_TOKEN), 'secrets are hidden');
});

test('RP6 RP1 RP3 billing and analytics print what the API answers', async () => {
  await createSession(server.url);
  const range = { from: '2026-01-01', to: '2100-01-01' };
  for (const report of ['billing', 'analytics']) {
    const read = async (format: string) => {
      const query = new URLSearchParams({ ...range, format });
      const answer = await fetch(`${server.url}/v1/admin/${report}?${query}`, {
        headers: { Authorization: `Bearer ${ADMIN_TOKEN}` },
      });
      assert.equal(answer.status, 200);
      return { type: answer.headers.get('content-type'), text: await answer.text() };
    };
    const words = [report, '--from', range.from, '--to', range.to];
    // Minutes of open sessions grow meanwhile.
    const settled = (text: string) => text.replace(/(inutes":|,)\d+\.\d+/g, '$1');
    const csv = await read('csv');
    assert.equal(csv.type, 'text/csv; charset=utf-8');
    assert.match(csv.text, /^[a-zA-Z]+(,[a-zA-Z]+)+\r\n[\w.-]+,.*\d\r\n/);
    const printed = await server.command(...words);
    assert.equal(printed.code, 0, printed.err);
    assert.equal(settled(printed.out), settled(csv.text));
    const json = await server.command(...words, '--json');
    assert.equal(json.code, 0, json.err);
    assert.deepEqual(Object.keys(JSON.parse(json.out)), Object.keys(JSON.parse((await read('json')).text)));
    const wrong = await server.command(report, '--from', 'yesterday');
    assert.equal(wrong.code, 1);
    assert.match(wrong.err, /^tarotforge: from must be a day or a time, such as .*\n$/);
  }
  const zone = await server.command('analytics', '--zone', 'Nowhere/City');
  assert.match(zone.err, /^tarotforge: zone must be the name of a time zone .*\n$/);
});
