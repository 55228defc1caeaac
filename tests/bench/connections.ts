// What a connection costs: memory of an idle joined participant, CPU of a handshake, a heartbeat
// and a delivered message, on TarotForge, `ws` and Socket.IO doing the same work in turn. Figures
// are medians of interleaved rounds; a server has core 0, its load core 1. `At full load` a hundred
// messages are on their way at any time; `paced` they come evenly, so that most wake the server.
//
// usage: ./dev bench connections [--connections N] [--rounds N] [--room N] [--hold SECONDS]
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs, promisify } from 'node:util';

const BINARY = process.env.TAROTFORGE_BINARY ?? 'build/release/tarotforge';
const LOAD = process.env.TAROTFORGE_BENCH_LOAD ?? join(dirname(BINARY), 'tests/bench_connections');
const RIVALS = join(import.meta.dirname, 'rivals');
const SERVERS = ['tarotforge', 'ws', 'socketio'] as const;
const TITLES = { tarotforge: 'TarotForge', ws: 'ws', socketio: 'Socket.IO' };
const READY_WITHIN_MS = 20_000;

const BYTES_AIM = 2048; // of an idle joined participant: codec, channel, presence, session share
const RATIO_AIM = 3; // Socket.IO's CPU to ours

type Name = (typeof SERVERS)[number];
type Figures = Record<string, number>;

const { values: options } = parseArgs({
  options: {
    connections: { type: 'string', default: '15000' },
    rounds: { type: 'string', default: '3' },
    room: { type: 'string', default: '4' },
    hold: { type: 'string', default: '60' },
  },
});

// The words that keep a process on one core, where there are two.
const pinned = (core: number): string[] =>
  cpus().length > 1 ? ['taskset', '-c', String(core)] : ['env'];

function start(words: string[], environment: Record<string, string>): ChildProcess {
  const [command, ...rest] = [...pinned(0), ...words];
  return spawn(command!, rest, {
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no free port');
  return address.port;
}

async function startTarotForge(folder: string): Promise<{ child: ChildProcess; port: number }> {
  const port = await freePort();
  const child = start([BINARY, 'serve'], {
    TAROTFORGE_LISTEN: `127.0.0.1:${port}`,
    DATABASE_URL: `sqlite://${folder}/readings.db`,
    ADMIN_TOKEN: 'of-the-benchmark',
    LOG_LEVEL: 'warning',
    RATE_LIMITS: 'off', // all of the load comes from one machine
    SESSION_MAX_PARTICIPANTS: String(Math.max(16, Number(options.room))),
  });
  const deadline = Date.now() + READY_WITHIN_MS;
  for (;;) {
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    if (ready?.status === 200) return { child, port };
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop(child);
      throw new Error('TarotForge did not start');
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function startRival(name: Name): Promise<{ child: ChildProcess; port: number }> {
  const script = join(RIVALS, `${name}.mjs`);
  const child = start([process.execPath, '--expose-gc', script], { NODE_ENV: 'production' });
  for await (const line of createInterface({ input: child.stdout! }))
    return { child, port: Number(line) };
  throw new Error(`${name} did not start`);
}

// One round of one server: a fresh process, the whole load, its figures.
async function measure(name: Name, hold: string): Promise<Figures> {
  const folder = await mkdtemp(join(tmpdir(), 'tarotforge-bench-'));
  const server = name === 'tarotforge' ? startTarotForge(folder) : startRival(name);
  try {
    const { child, port } = await server;
    const [command, ...words] = [...pinned(1), LOAD, '--server', name];
    words.push('--port', String(port), '--pid', String(child.pid), '--hold', hold);
    words.push('--connections', options.connections, '--room', options.room);
    const { stdout } = await promisify(execFile)(command!, words);
    return JSON.parse(stdout) as Figures;
  } finally {
    await server.then(({ child }) => stop(child)).catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  }
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

const rounds: Record<Name, Figures[]> = { tarotforge: [], ws: [], socketio: [] };
const figure = (name: Name, key: string): number =>
  median(rounds[name].map((round) => round[key] ?? NaN));

const ROWS: [key: string, title: string, digits: number][] = [
  ['idle_bytes', 'memory of an idle joined participant, bytes', 0],
  ['joined_bytes', '  the same right after the joins', 0],
  ['handshake_us', 'CPU per handshake, µs', 1],
  ['join_us', 'CPU per join of a room, µs', 1],
  ['open_us', 'CPU per handshake and join, µs', 1],
  ['busy_beat_us', 'CPU per heartbeat at full load, µs', 1],
  ['beat_us', '  paced at 5,000 a second', 1],
  ['busy_delivery_us', 'CPU per delivered message at full load, µs', 1],
  ['delivery_us', '  paced at 3,000 messages a second', 1],
  ['delivery_bytes', '  text of a delivered message, bytes', 0],
];
// What the aim for CPU is held against.
const AIMS = [
  ['busy_beat_us', 'heartbeat at full load'],
  ['beat_us', 'heartbeat, paced'],
  ['busy_delivery_us', 'delivery at full load'],
  ['delivery_us', 'delivery, paced'],
] as const;

function table(): void {
  const us = (name: Name, key: string, digits: number) => figure(name, key).toFixed(digits);
  const line = (title: string, cells: string[]) =>
    console.log(title.padEnd(46) + cells.map((cell) => cell.padStart(12)).join(''));
  line('', [...SERVERS.map((name) => TITLES[name]), 'ws / TF', 'SIO / TF']);
  for (const [key, title, digits] of ROWS) {
    const ratios = (['ws', 'socketio'] as const).map((rival) =>
      key === 'delivery_bytes' ? '' : (figure(rival, key) / figure('tarotforge', key)).toFixed(2),
    );
    line(title, [...SERVERS.map((name) => us(name, key, digits)), ...ratios]);
  }
}

function verdicts(): void {
  const say = (aim: string, met: boolean, text: string) =>
    console.log(`${met ? 'met    ' : 'not met'}  ${aim}: ${text}`);
  const bytes = Math.max(figure('tarotforge', 'idle_bytes'), figure('tarotforge', 'joined_bytes'));
  const participant = 'idle joined participant';
  say(`at most ${BYTES_AIM} bytes per ${participant}`, bytes <= BYTES_AIM, bytes.toFixed(0));
  for (const [key, what] of AIMS) {
    const [ours, theirs] = [figure('tarotforge', key), figure('socketio', key)];
    const ratio = theirs / ours;
    const text = `${ratio.toFixed(2)} times (${ours.toFixed(1)} and ${theirs.toFixed(1)} µs)`;
    say(`CPU per ${what} ${RATIO_AIM} times below Socket.IO's`, ratio >= RATIO_AIM, text);
  }
  const all = rounds.tarotforge;
  const lost = all.reduce((sum, round) => sum + round.lost!, 0);
  const beats = all.reduce((sum, round) => sum + round.beats!, 0);
  say(
    `${options.connections} participants held by one process, each heartbeat answered`,
    lost === 0,
    `${beats} heartbeats answered, ${lost} connections lost`,
  );
}

function held(): void {
  const seat = figure('tarotforge', 'seat_us').toFixed(0);
  console.log(`\nTarotForge: ${seat} µs of CPU per participant to make the rooms over HTTP.`);
  const last = rounds.tarotforge.at(-1)!;
  if (last.hold_seconds === undefined) return;
  console.log(
    `Held for ${last.hold_seconds.toFixed(0)} s with a heartbeat of each each 30 s: ` +
      `${last.hold_cpu_percent!.toFixed(1)} % of a core, ${last.hold_beats} heartbeats answered, ` +
      `${last.hold_others} other frames, ${(last.hold_bytes! / 2 ** 20).toFixed(0)} MB in all.`,
  );
}

const count = Number(options.rounds);
for (let round = 1; round <= count; ++round) {
  for (const name of SERVERS) {
    console.error(`round ${round} of ${count}: ${TITLES[name]}`);
    const isLast = round === count && name === 'tarotforge';
    const figures = await measure(name, isLast ? options.hold : '0');
    figures.open_us = figures.handshake_us! + figures.join_us!;
    rounds[name].push(figures);
    if (process.env.TAROTFORGE_BENCH_DETAILS) console.error(JSON.stringify(figures));
  }
}

console.log(`
${options.connections} participants in rooms of ${options.room}, medians of ${count} rounds.
Node ${process.version}, without native add-ons, packages as in package-lock.json.
CPU is user and system time of the server's process. Memory is its resident memory over what it
was before the rooms were made; the rivals have collected their garbage. A join is durable and
announced to the room on TarotForge, an entry in a table on the rivals. The message is the ephemeral
\`cursor\`, which the server signs with its sender and passes on to the others in the room; the cost
of a delivery includes its share of receiving the message.
`);
table();
held();
console.log('');
verdicts();
