// Open files, which every connection takes one of: few from the beginning, and none left in the
// middle of traffic.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { createSession, until } from './support/api.ts';
import { Line } from './support/line.ts';
import { BINARY, Server } from './support/server.ts';

const run = promisify(execFile);
const KEPT = 64; // for database, log and pipes

const join = async (server: Server, name: string) => {
  const room = await createSession(server.url, { name });
  const line = await Line.open({ port: server.port });
  const joined = await line.join(`session:${room.session.id}`, { token: room.token });
  assert.equal(joined?.status, 'ok');
  return { room, line };
};

// Of the process, in ms.
async function cpu(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

test('CH5 HT5 with few files the server takes few connections, and saves', async () => {
  const server = await Server.prepare({ RATE_LIMITS: 'on' });
  server.under = ['prlimit', `--nofile=${KEPT + 40}:${KEPT + 40}`];
  await server.run();
  const lines: Line[] = [];
  try {
    const { room, line } = await join(server, 'Ada');
    lines.push(line);
    // The test's own HTTP connections take some of the 40.
    for (let refused = ''; !refused; assert.ok(lines.length < 42))
      await Line.open({ port: server.port }).then(
        (each) => lines.push(each), (error: Error) => { refused = error.message; });
    assert.ok(lines.length > 20, `${lines.length} connections`);
    const refused = await Line.open({ port: server.port }).catch((error: Error) => error.message);
    assert.match(String(refused), /503/);
    const saved = await line.push(`session:${room.session.id}`, 'operation',
                                  { key: randomUUID(), kind: 'focus', card: null });
    assert.equal(saved?.status, 'ok');
    while (lines.length > 1) lines.pop()!.end();
    const next = await until('there is room again', () =>
      Line.open({ port: server.port }).catch(() => null));
    next.end();
  } finally {
    for (const line of lines) line.end();
    await server.stop();
  }
});

test('CH5 out of files the server goes on with who is there, and takes the others later', async () => {
  const server = await Server.start();
  try {
    const { room, line } = await join(server, 'Ada');
    const topic = `session:${room.session.id}`;
    const { pid } = server;
    // Whatever number a new file would have, it is too high.
    const limit = async (files: number) =>
      void await run('prlimit', ['--pid', String(pid), `--nofile=${files}:`]);
    await limit(3);
    const waiting = Line.open({ port: server.port });
    let isServed = false;
    void waiting.then(() => (isServed = true), () => undefined);
    const before = await cpu(pid);
    const since = performance.now();
    let operations = 0;
    while (performance.now() < since + 2000) {
      const saved = await line.push(topic, 'operation',
                                    { key: randomUUID(), kind: 'focus', card: null });
      assert.equal(saved?.status, 'ok');
      ++operations;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const heard = () => line.of('operation').length;
    await until('all of it is heard', async () => heard() >= operations);
    assert.equal(isServed, false, 'the new one waits');
    const share = (await cpu(pid) - before) / (performance.now() - since);
    assert.ok(share < 0.5, `it does not spin: ${share} of a core`);
    await limit(1000);
    (await waiting).end();
    line.end();
  } finally {
    await server.stop();
  }
});

test('CH5 CL10 a process that may open next to no files does not start, and says so', async () => {
  const server = await Server.prepare();
  try {
    const { stderr } = await run('prlimit', [`--nofile=${KEPT}:${KEPT}`, BINARY, 'serve'],
      { env: server.environment(), cwd: server.folder, timeout: 10_000 }).catch((error) => error);
    assert.match(stderr, /^tarotforge: This process may have only 64 files open\..*LimitNOFILE/m);
  } finally {
    await server.stop();
  }
});
