// How long people in other rooms wait while somebody attacks the server: p99 from a message to each
// who hears it, and from an operation to its answer, with and without each attack. Figures are
// medians of interleaved rounds, each on a fresh server with the limits that it has by default; the
// server has core 0, neighbours and attackers core 1, where attackers go last.
//
// usage: ./dev bench hostile [--rounds N] [--seconds S] [--rooms N] [--attack NAME]
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { Attack, ATTACKS } from '../e2e/support/attacks.ts';
import { Neighbours } from '../e2e/support/neighbours.ts';
import { Server } from '../e2e/support/server.ts';

const AIM = 1.5; // times the p99 without the attack
const PEOPLE = 4; // in a room
const WARM_UP_MS = 1000; // of an attack, before what it does is measured

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '6' },
    rooms: { type: 'string', default: '10' },
    attack: { type: 'string' },
    port: { type: 'string' }, // of the server; then this process attacks, until it is killed
  },
});

const pinned = (core: number): string[] =>
  cpus().length > 1 ? ['taskset', '-c', String(core)] : ['env'];
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

interface Figures {
  delivery: number[]; // p50, p99
  saving: number[];
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function shares(values: number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  return [0.5, 0.99].map((share) => sorted[Math.floor(share * (sorted.length - 1))] ?? NaN);
}

function startAttack(name: string, port: number): ChildProcess {
  const words = [...pinned(1), 'nice', '-n', '19', process.execPath, import.meta.filename,
                 '--attack', name, '--port', String(port)];
  return spawn(words[0]!, words.slice(1), { stdio: ['ignore', 'ignore', 'inherit'] });
}

async function listen(neighbours: Neighbours): Promise<Figures> {
  neighbours.delays.length = neighbours.saves.length = 0;
  await pause(Number(options.seconds) * 1000);
  return { delivery: shares(neighbours.delays), saving: shares(neighbours.saves) };
}

// Without, and right after it with the attack.
async function measure(name: string): Promise<[Figures, Figures]> {
  const server = await Server.prepare({ RATE_LIMITS: 'on', LOG_LEVEL: 'warning' });
  server.under = pinned(0);
  await server.run();
  const neighbours = await Neighbours.sit(server.url, server.port, Number(options.rooms), PEOPLE);
  try {
    neighbours.start();
    await pause(WARM_UP_MS);
    const without = await listen(neighbours);
    const attack = startAttack(name, server.port);
    await pause(WARM_UP_MS);
    const under = await listen(neighbours);
    const gone = once(attack, 'exit');
    attack.kill('SIGKILL');
    await gone;
    await neighbours.stop();
    return [without, under];
  } finally {
    neighbours.leave();
    await server.stop();
  }
}

async function attackFor(name: string, port: number): Promise<void> {
  const addresses = Array.from({ length: 8 }, (_, i) => `127.0.1.${i + 1}`);
  await ATTACKS[name]!(new Attack({ port, addresses }));
}

async function report(): Promise<void> {
  const names = Object.keys(ATTACKS).filter((name) => name === (options.attack ?? name));
  const rounds = new Map(names.map((name) => [name, [] as [Figures, Figures][]]));
  for (let round = 1; round <= Number(options.rounds); ++round) {
    for (const name of names) {
      console.error(`round ${round} of ${options.rounds}: ${name}`);
      rounds.get(name)!.push(await measure(name));
    }
  }
  console.log(`\n${options.rooms} rooms of ${PEOPLE} with 20 messages and 2 operations a second each, ` +
    `medians of ${options.rounds} rounds of ${options.seconds} s.\n`);
  const line = (title: string, cells: string[]) =>
    console.log(title.padEnd(26) + cells.map((cell) => cell.padStart(12)).join(''));
  line('ms', ['p50 without', 'with', 'p99 without', 'with', 'times', 'save p99', 'with', 'times']);
  const verdicts: string[] = [];
  for (const [name, all] of rounds) {
    const of = (which: 0 | 1, what: keyof Figures, share: number) =>
      median(all.map((each) => each[which][what][share]!));
    const times = (what: keyof Figures) =>
      median(all.map(([without, under]) => under[what][1]! / without[what][1]!));
    const cells = [of(0, 'delivery', 0), of(1, 'delivery', 0), of(0, 'delivery', 1),
                   of(1, 'delivery', 1), times('delivery'), of(0, 'saving', 1),
                   of(1, 'saving', 1), times('saving')];
    line(name, cells.map((cell) => cell.toFixed(2)));
    const worst = Math.max(times('delivery'), times('saving'));
    verdicts.push(`${worst <= AIM ? 'met    ' : 'not met'}  ${name}: ${worst.toFixed(2)} times`);
  }
  console.log(`\nthe aim: at most ${AIM} times the p99 without the attack\n${verdicts.join('\n')}`);
}

await (options.port ? attackFor(options.attack!, Number(options.port)) : report());
