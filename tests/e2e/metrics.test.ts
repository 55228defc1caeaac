// What Prometheus gets from a server: a real one scrapes it, knows all that the dashboard asks for,
// and raises each alert on made-up trouble.
import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { call, createSession, until } from './support/api.ts';
import { openSocket, reply } from './support/phoenix.ts';
import { joinAs, operate, seatOf } from './support/rooms.ts';
import { ADMIN_TOKEN, freePort, Server } from './support/server.ts';

const DEPLOY = fileURLToPath(new URL('../../deploy/', import.meta.url));

interface Panel {
  title: string;
  targets: { expr: string }[];
}
interface Series {
  metric: Record<string, string>;
  value: [number, string];
}

let server: Server;
let folder: string;
let prometheus: ChildProcess | undefined;
let prometheusUrl: string;

before(async () => {
  server = await Server.start({ SESSION_TIMEOUT_HOURS: String(2 / 3600) });
  folder = await mkdtemp(join(tmpdir(), 'tarotforge-prometheus-'));
  const shipped = await readFile(join(DEPLOY, 'prometheus/prometheus.yml'), 'utf8');
  const own = shipped
    .replaceAll('interval: 15s', 'interval: 200ms')
    .replace('alerts.yml', join(DEPLOY, 'prometheus/alerts.yml'))
    .replace('/etc/prometheus/tarotforge-token', join(folder, 'token'))
    .replace('127.0.0.1:8080', `127.0.0.1:${server.port}`);
  await writeFile(join(folder, 'token'), ADMIN_TOKEN);
  await writeFile(join(folder, 'prometheus.yml'), own);
  const port = await freePort();
  prometheusUrl = `http://127.0.0.1:${port}`;
  prometheus = spawn(
    'prometheus',
    [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: 'ignore' },
  );
});

after(async () => {
  if (prometheus && prometheus.exitCode === null) {
    const ended = once(prometheus, 'exit');
    prometheus.kill('SIGKILL');
    await ended;
  }
  await rm(folder, { recursive: true, force: true });
  await server?.stop();
});

async function scrape(accept = ''): Promise<Response> {
  return fetch(`${server.url}/metrics`, {
    headers: { Authorization: `Bearer ${ADMIN_TOKEN}`, Accept: accept },
  });
}

async function value(sample: string): Promise<number> {
  const text = await (await scrape()).text();
  const line = text.split('\n').find((each) => each.startsWith(`${sample} `));
  assert.ok(line, `no sample ${sample}`);
  return Number(line.slice(sample.length + 1));
}

async function query(expression: string): Promise<Series[]> {
  const url = `${prometheusUrl}/api/v1/query?query=${encodeURIComponent(expression)}`;
  const answer = (await (await fetch(url)).json()) as {
    status: string;
    error?: string;
    data: { result: Series[] };
  };
  assert.equal(answer.status, 'success', `${expression}: ${answer.error}`);
  return answer.data.result;
}

function promtool(words: string[], input?: string): string {
  const ran = spawnSync('promtool', words, { input, encoding: 'utf8' });
  assert.equal(ran.error, undefined);
  assert.equal(ran.status, 0, ran.stdout + ran.stderr);
  return ran.stdout + ran.stderr;
}

test('MX1 /metrics wants the admin token, unless anyone may read it', async () => {
  const refused = await fetch(`${server.url}/metrics`);
  assert.equal(refused.status, 401);
  assert.match(await refused.text(), /ADMIN_TOKEN.*METRICS=anyone/);
  const open = await Server.start({ METRICS: 'anyone' });
  assert.equal((await fetch(`${open.url}/metrics`)).status, 200);
  await open.stop();
});

test('MX2 promtool finds nothing to say about the metrics', async () => {
  const plain = await scrape();
  assert.equal(plain.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8');
  assert.equal(promtool(['check', 'metrics'], await plain.text()), '');
  const open = await scrape('application/openmetrics-text;version=1.0.0,text/plain;q=0.5');
  assert.match(open.headers.get('content-type') ?? '', /^application\/openmetrics-text; version=1/);
  assert.match(await open.text(), /# EOF\n$/);
});

test('MX3 MX4 MX5 what happens in a room is counted, once, and nobody is named', async () => {
  const names = ['joins', 'operations', 'heartbeats', 'expiries', 'restores', 'sessions_created'];
  const counts = () => Promise.all(names.map((name) => value(`tarotforge_${name}_total`)));
  const before = await counts();
  const room = await createSession(server.url, { layout: 'three-card', name: 'Ottilie' });
  const guest = await joinAs(server.url, room, 'Balthasar');
  await operate(server.url, seatOf(room), { kind: 'set_step', step: 'ask-question' });
  const socket = openSocket(server.url);
  const joined = await reply(socket.channel(`session:${room.session.id}`, { token: guest.token }).join());
  assert.equal(joined.status, 'ok');
  const present = ['active', 'visible', 'connected'].map((level) =>
    value(`tarotforge_participants{presence="${level}"}`),
  );
  assert.equal((await Promise.all(present)).reduce((sum, each) => sum + each), 1);
  assert.ok((await value('tarotforge_connections')) >= 1);
  await call(server.url, 'GET', `/v1/sessions/${room.session.id}`, { token: 'no-such-token' });
  assert.ok((await value('tarotforge_refusals_total{code="unauthorized"}')) >= 1);
  socket.disconnect();
  await until('it expires', async () => (await value('tarotforge_expiries_total')) > before[3]);
  const restored = await call(server.url, 'POST', `/v1/sessions/${room.session.id}/restore`, {
    token: room.token,
  });
  assert.equal(restored.status, 200);
  const after = await counts();
  assert.deepEqual(
    after.map((count, i) => count - before[i]).filter((_, i) => names[i] !== 'heartbeats'),
    [1, 1, 1, 1, 1],
  );
  assert.equal(await value('tarotforge_expiry_lateness_seconds_bucket{le="1.0"}'), after[3]);
  const text = await (await scrape()).text();
  for (const secret of ['Ottilie', 'Balthasar', room.session.id, room.token, guest.token])
    assert.ok(!text.includes(secret), secret);
});

test('MX3 sessions by state sum to all sessions', async () => {
  const stats = await call<Record<string, number>>(server.url, 'GET', '/v1/admin/stats', {
    token: ADMIN_TOKEN,
  });
  const states = ['active', 'expired', 'completed', 'purged'];
  const counted = await Promise.all(
    states.map((state) => value(`tarotforge_sessions{state="${state}"}`)),
  );
  assert.equal(
    counted.reduce((sum, each) => sum + each),
    stats.body.totalSessions,
  );
});

test('MX6 a Prometheus with the shipped settings scrapes the server', async () => {
  await until('Prometheus has scraped', async () => {
    const up = await query('up{job="tarotforge"}').catch(() => []);
    return up.length === 1 && up[0].value[1] === '1';
  });
  const [late] = await query('tarotforge_expiry_lateness_seconds_count');
  assert.ok(late.metric.instance.endsWith(String(server.port)));
});

test('MX6 each query of the dashboard names metrics that the server has', async () => {
  const text = await readFile(join(DEPLOY, 'grafana/tarotforge.json'), 'utf8');
  const dashboard = JSON.parse(text) as { panels: Panel[] };
  const scraped = await (await scrape()).text();
  for (const panel of dashboard.panels)
    for (const { expr } of panel.targets) {
      const asked = expr.replaceAll('$__rate_interval', '1m').replaceAll('$instance', '.*');
      await query(asked);
      for (const [name] of asked.matchAll(/\b(?:tarotforge|process)_\w+\b/g))
        assert.match(scraped, new RegExp(`^${name}[ {]`, 'm'), `${panel.title}: ${name}`);
    }
});

test('MX6 each alert is raised by its trouble and silent without it', async () => {
  promtool(['check', 'rules', join(DEPLOY, 'prometheus/alerts.yml')]);
  promtool(['test', 'rules', join(DEPLOY, 'prometheus/alerts_test.yml')]);
  const rules = await readFile(join(DEPLOY, 'prometheus/alerts.yml'), 'utf8');
  const trials = await readFile(join(DEPLOY, 'prometheus/alerts_test.yml'), 'utf8');
  const docs = await readFile(join(DEPLOY, '../docs/operations.md'), 'utf8');
  const scraped = await (await scrape()).text();
  for (const [, name, expr] of rules.matchAll(/alert: (\w+)\n\s+expr: (.+)\n/g)) {
    const tried = [...trials.matchAll(new RegExp(`alertname: ${name}\\n\\s+exp_alerts:(.*)`, 'g'))];
    assert.deepEqual(
      tried.map(([, none]) => none.trim()),
      ['', '[]'],
      `${name} is shown raised and silent`,
    );
    assert.ok(docs.includes(`\`${name}\``), `${name} stands in docs/operations.md`);
    for (const [metric] of expr.matchAll(/\btarotforge_\w+\b/g))
      assert.match(scraped, new RegExp(`^${metric}[ {]`, 'm'), `${name}: ${metric}`);
  }
});
