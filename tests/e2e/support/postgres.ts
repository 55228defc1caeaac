// A private PostgreSQL cluster in a folder of its own, reached over its socket by psql. Each test
// takes a fresh copy of the migrated database.
import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { until } from './api.ts';

const BINARIES = process.env.POSTGRES_BINARIES ?? '/usr/lib/postgresql/15/bin';
const MIGRATIONS = join(import.meta.dirname, '../../../migrations/postgresql');
const run = promisify(execFile);

// Whoever waits for a lock fails, instead of making the suite hang.
process.env.PGOPTIONS = '-c lock_timeout=5s';

// PostgreSQL refuses to run as root.
function unprivileged(program: string, ...args: string[]): [string, string[]] {
  const path = join(BINARIES, program);
  return process.getuid?.() === 0 ? ['runuser', ['-u', 'postgres', '--', path, ...args]]
                                  : [path, args];
}

export interface Answer {
  out: string;
  notices: string;
}

// One open psql: statements in the order they were given, in one session of the server.
export class Session {
  private readonly child: ChildProcess;
  private out = '';
  private err = '';
  private asked = 0;

  constructor(args: string[]) {
    this.child = spawn('psql', args, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => { this.out += text; });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => { this.err += text; });
  }

  // What the statements printed; notices and errors too.
  async ask(sql: string): Promise<string> {
    const mark = `answered-${++this.asked}`;
    const from = this.out.length;
    this.child.stdin?.write(`${sql};\n\\echo ${mark}\n`);
    await until(`psql answers ${sql}`, async () => this.out.includes(mark, from), 30_000);
    return this.out.slice(from, this.out.indexOf(mark, from)) + this.err;
  }

  close(): void {
    this.child.stdin?.end();
  }
}

export class Database {
  private readonly folder: string;
  private readonly sessions: Session[];
  readonly name: string;

  constructor(folder: string, name: string, sessions: Session[]) {
    this.folder = folder;
    this.name = name;
    this.sessions = sessions;
  }

  // As DATABASE_URL names it.
  get url(): string {
    return `postgresql://postgres@/${this.name}?host=${this.folder}`;
  }

  args(role: string): string[] {
    return ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-h', this.folder, '-U', role,
            '-d', this.name];
  }

  async ask(sql: string, role = 'postgres'): Promise<Answer> {
    const { stdout, stderr } = await run('psql', [...this.args(role), '-c', sql],
                                         { maxBuffer: 1 << 26 });
    return { out: stdout.trim(), notices: stderr };
  }

  // The first line of psql's complaint; fails where it has none.
  async refusal(sql: string, role = 'postgres'): Promise<string> {
    const answer = await this.ask(sql, role).catch((error: { stderr: string }) => error.stderr);
    if (typeof answer === 'string') return answer;
    throw new Error(`not refused: ${sql} answered ${answer.out}`);
  }

  async rows<T>(query: string, role = 'postgres'): Promise<T[]> {
    const sql = `select coalesce(json_agg(r), '[]') from (${query}) as r`;
    return JSON.parse((await this.ask(sql, role)).out) as T[];
  }

  async row<T>(query: string, role = 'postgres'): Promise<T> {
    const [first] = await this.rows<T>(query, role);
    if (!first) throw new Error(`no row: ${query}`);
    return first;
  }

  open(role = 'postgres'): Session {
    const session = new Session(this.args(role).filter((arg) => !/^-v$|^ON_ERROR/.test(arg)));
    this.sessions.push(session);
    return session;
  }

  async migrate(): Promise<void> {
    for (const file of (await readdir(MIGRATIONS)).sort())
      await run('psql', [...this.args('postgres'), '-1', '-f', join(MIGRATIONS, file)]);
  }
}

export interface ClusterOptions {
  settings?: Record<string, string>;
  environment?: Record<string, string>; // of its processes
  // Before the first start: what else stands in the data folder, named by its path.
  prepare?: (data: string) => Promise<void>;
}

export class Cluster {
  private readonly folder: string;
  private readonly settings: Record<string, string>;
  private readonly environment: Record<string, string>;
  private readonly sessions: Session[] = [];
  private made = 0;
  private runs = false;

  private constructor(folder: string, { settings, environment = {} }: ClusterOptions) {
    this.folder = folder;
    this.settings = { listen_addresses: '', ...settings };
    this.environment = environment;
  }

  // With a migrated database, from which the fresh ones are copied, and the roles of PostgREST.
  static async start(options: ClusterOptions = {}): Promise<Cluster> {
    const folder = await mkdtemp(join(tmpdir(), 'tarotforge-postgresql-'));
    const cluster = new Cluster(folder, options);
    if (process.getuid?.() === 0) await run('chown', ['postgres', folder]);
    await chmod(folder, 0o755);
    await run(...unprivileged('initdb', '-D', join(folder, 'data'), '-A', 'trust', '-U',
                              'postgres', '-E', 'UTF8', '--locale=C', '--no-sync'), { cwd: folder });
    await options.prepare?.(join(folder, 'data'));
    await cluster.resume();
    const postgres = cluster.database('postgres');
    await postgres.ask('create database without_roles');
    await cluster.database('without_roles').migrate();
    for (const role of ['anon', 'authenticated', 'service_role'])
      await postgres.ask(`create role ${role} login`);
    await postgres.ask('create database readings');
    await cluster.database('readings').migrate();
    return cluster;
  }

  async resume(): Promise<void> {
    const given = Object.entries(this.settings).map(([name, value]) => `-c ${name}=${value}`);
    const [program, words] = unprivileged('pg_ctl', '-D', join(this.folder, 'data'), '-w', '-l',
                                          join(this.folder, 'log'), '-o',
                                          `${given.join(' ')} -k ${this.folder}`, 'start');
    // Not of runuser too, which is another user's.
    const variables = Object.entries(this.environment).map(([name, value]) => `${name}=${value}`);
    const command = words.indexOf('--') + 1;
    if (command === 0) await run('env', [...variables, program, ...words], { cwd: this.folder });
    else await run(program, [...words.slice(0, command), 'env', ...variables,
                             ...words.slice(command)], { cwd: this.folder });
    this.runs = true;
  }

  // Ends with this process, whatever becomes of the tests.
  endWithProcess(): void {
    process.on('exit', () => {
      const [program, args] = unprivileged('pg_ctl', '-D', join(this.folder, 'data'), '-w', '-m',
                                           'immediate', 'stop');
      try {
        execFileSync(program, args, { cwd: this.folder, stdio: 'ignore' });
      } catch {
        // It has been stopped already.
      }
      rmSync(this.folder, { recursive: true, force: true });
    });
  }

  // Stops it at once, as a crash would.
  async halt(): Promise<void> {
    await run(...unprivileged('pg_ctl', '-D', join(this.folder, 'data'), '-w', '-m', 'immediate',
                              'stop'), { cwd: this.folder });
    this.runs = false;
  }

  // Another cluster that follows this one, and has each commit before it is answered.
  async standby(): Promise<Cluster> {
    const folder = await mkdtemp(join(tmpdir(), 'tarotforge-standby-'));
    const standby = new Cluster(folder, { settings: this.settings });
    if (process.getuid?.() === 0) await run('chown', ['postgres', folder]);
    await chmod(folder, 0o755);
    await run(...unprivileged('pg_basebackup', '-D', join(folder, 'data'), '-h', this.folder, '-U',
                              'postgres', '-c', 'fast', '-R', '--no-sync'), { cwd: folder });
    await standby.resume();
    const postgres = this.database('postgres');
    await postgres.ask(`alter system set synchronous_standby_names = '*'`);
    await postgres.ask('select pg_reload_conf()');
    return standby;
  }

  // Makes a standby go on by itself.
  async promote(): Promise<void> {
    await run(...unprivileged('pg_ctl', '-D', join(this.folder, 'data'), '-w', 'promote'),
              { cwd: this.folder });
  }

  // The URL of one of its databases, and where it is away that of the same one of the other.
  urlWith(other: Cluster, { url }: Database): string {
    return `${url},${other.folder}`;
  }

  // What the server has logged so far.
  log(): Promise<string> {
    return readFile(join(this.folder, 'log'), 'utf8');
  }

  database(name: string): Database {
    return new Database(this.folder, name, this.sessions);
  }

  async fresh(): Promise<Database> {
    return this.create('readings');
  }

  // For a server, which migrates by itself.
  async empty(): Promise<Database> {
    return this.create('template1');
  }

  // Nobody may be in it just then.
  async copy(db: Database): Promise<Database> {
    return this.create(db.name);
  }

  // Another database, from a dump of this one.
  async restored(db: Database): Promise<Database> {
    const to = await this.empty();
    const dump = join(this.folder, `${to.name}.dump`);
    const args = ['-h', this.folder, '-U', 'postgres'];
    await run(...unprivileged('pg_dump', ...args, '--format=custom', `--file=${dump}`, db.name),
              { cwd: this.folder });
    await run(...unprivileged('pg_restore', ...args, '--no-owner', '--exit-on-error', '-d', to.name,
                              dump), { cwd: this.folder });
    return to;
  }

  private async create(from: string): Promise<Database> {
    const name = `fresh_${++this.made}`;
    await this.database('postgres').ask(`create database ${name} template ${from}`);
    return this.database(name);
  }

  async stop(): Promise<void> {
    for (const session of this.sessions) session.close();
    if (this.runs) await this.halt();
    await rm(this.folder, { recursive: true, force: true });
  }
}
