// A real server of the release binary, on a free port and a folder of its own. Its database is a
// SQLite file, or with TAROTFORGE_E2E_DATABASE=postgresql a PostgreSQL that all servers of one test
// file share, each with a database of its own.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Cluster } from './postgres.ts';

export const ADMIN_TOKEN = 'operator-token-for-tests';
export const BINARY = resolve(process.env.TAROTFORGE_BINARY ?? 'build/release/tarotforge');
export const ON_POSTGRESQL = process.env.TAROTFORGE_E2E_DATABASE === 'postgresql';
const READY_WITHIN_MS = 20_000;

let cluster: Promise<Cluster> | undefined;
export function sharedCluster(): Promise<Cluster> {
  cluster ??= Cluster.start().then((started) => {
    started.endWithProcess();
    return started;
  });
  return cluster;
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

export class Server {
  readonly port: number;
  readonly folder: string;
  readonly url: string;
  under: string[] = []; // the words of a command that the binary is started by
  log = '';
  private readonly settings: Record<string, string>;
  private process: ChildProcess | null = null;

  private constructor(port: number, folder: string, settings: Record<string, string>) {
    this.port = port;
    this.folder = folder;
    this.settings = settings;
    const scheme = settings.TLS_CERTIFICATE_FILE ? 'https' : 'http';
    this.url = `${scheme}://127.0.0.1:${port}`;
  }

  static async start(settings: Record<string, string> = {}): Promise<Server> {
    const server = await Server.prepare(settings);
    await server.run();
    return server;
  }

  // Not started yet.
  static async prepare(settings: Record<string, string> = {}): Promise<Server> {
    const folder = await mkdtemp(join(tmpdir(), 'tarotforge-'));
    const DATABASE_URL = ON_POSTGRESQL
      ? (await (await sharedCluster()).empty()).url
      : `sqlite://${folder}/readings.db`;
    return new Server(await freePort(), folder, { DATABASE_URL, ...settings });
  }

  environment(): Record<string, string> {
    return {
      PATH: process.env.PATH ?? '',
      ...(process.env.ASAN_OPTIONS ? { ASAN_OPTIONS: process.env.ASAN_OPTIONS } : {}),
      TAROTFORGE_LISTEN: `127.0.0.1:${this.port}`,
      ADMIN_TOKEN,
      TAROTFORGE_UNSAFE_TIMING: 'on',
      RATE_LIMITS: 'off', // all the people of a test have one address
      ...this.settings,
    };
  }

  async run(): Promise<void> {
    const [program, ...words] = [...this.under, BINARY, 'serve'] as [string, ...string[]];
    const child = spawn(program, words, {
      env: this.environment(),
      cwd: this.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.process = child;
    child.stdout.on('data', (data: Buffer) => (this.log += data.toString()));
    child.stderr.on('data', (data: Buffer) => (this.log += data.toString()));
    const deadline = Date.now() + READY_WITHIN_MS;
    for (;;) {
      if (child.exitCode !== null) throw new Error(`the server ended:\n${this.log}`);
      const ready = await fetch(`${this.url}/readyz`).catch(() => null);
      if (ready?.status === 200) return;
      if (Date.now() > deadline) throw new Error(`the server is not ready:\n${this.log}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  get pid(): number {
    const pid = this.process?.pid;
    if (!pid) throw new Error('the server does not run');
    return pid;
  }

  // As the system counts it: what the process has in memory now, or had at most.
  async memory(field: 'VmRSS' | 'VmHWM' = 'VmRSS'): Promise<number> {
    const status = await readFile(`/proc/${this.pid}/status`, 'utf8');
    return Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024;
  }

  // Ends it without a chance to say goodbye; what it had acknowledged must be there after run().
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  signal(name: NodeJS.Signals): void {
    this.process?.kill(name);
  }

  async stop(): Promise<number | null> {
    const code = await this.end('SIGTERM');
    await rm(this.folder, { recursive: true, force: true });
    return code;
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.process;
    this.process = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return null;
    const exited = once(child, 'exit');
    child.kill(signal);
    const [code] = (await exited) as [number | null];
    return code;
  }

  // A command of the same binary on the same database, beside the running server.
  async command(...words: string[]): Promise<Ended> {
    return runBinary(this.environment(), this.folder, ...words);
  }
}

export interface Ended {
  code: number;
  out: string;
  err: string;
}

// Runs it to its end.
export async function runBinary(env: Record<string, string>, cwd: string,
                                ...words: string[]): Promise<Ended> {
  const child = spawn(BINARY, words, { env, cwd });
  let out = '';
  let err = '';
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (err += data.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, out, err };
}
