// The disk under a server in traffic: full, read-only, and its files removed or replaced. Saving is
// paused, rooms stay readable, and what clients were told holds.
import assert from 'node:assert/strict';
import { copyFile, mkdtemp, readdir, readlink, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, describe, test, type TestContext } from 'node:test';
import { call, createSession, until, type Created } from './support/api.ts';
import { Chance, SEED } from './support/chance.ts';
import { freeze, SmallDisk, thaw } from './support/disk.ts';
import { Line } from './support/line.ts';
import { Party, type Tally } from './support/party.ts';
import { joinAs, seatOf, type Seated } from './support/rooms.ts';
import { Server } from './support/server.ts';

const FILES = ['readings.db', 'readings.db-wal', 'readings.db-shm'];

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tarotforge-disk-'));
});
after(() => rm(folder, { recursive: true, force: true }));

// A server in traffic, with its database in the folder.
class Stage {
  readonly server: Server;
  readonly parties: Party[];
  private readonly path: string;
  private readonly tally: Tally = new Map();
  private running: Promise<unknown> = Promise.resolve();
  private lines: Line[] = [];
  private seats: Seated[] = [];

  constructor(server: Server, path: string) {
    this.server = server;
    this.path = path;
    this.parties = (['busy', 'busy', 'quiet'] as const).map((kind, i) =>
      new Party(server, kind, Chance.stream(i), this.tally));
  }

  static async open(t: TestContext, path: string): Promise<Stage> {
    t.diagnostic(`TAROTFORGE_CHAOS_SEED=${SEED}`);
    const DATABASE_URL = `sqlite://${path}/readings.db`;
    const server = await Server.start({ DATABASE_URL, PRESENCE_UPDATE_SECONDS: '0.2' });
    const stage = new Stage(server, path);
    await Promise.all(stage.parties.map((party) => party.open()));
    await stage.seatTwo();
    return stage;
  }

  file(name: string): string {
    return join(this.path, name);
  }

  // Two who are in a room from the beginning to the end.
  private async seatTwo(): Promise<void> {
    const room: Created = await createSession(this.server.url);
    this.seats = [seatOf(room), await joinAs(this.server.url, room, 'Robin')];
    for (const { sessionId, token } of this.seats) {
      const line = await Line.open({ port: this.server.port });
      assert.equal((await line.join(`session:${sessionId}`, { token }))?.status, 'ok');
      this.lines.push(line);
    }
  }

  play(): void {
    this.running = Promise.all(this.parties.map((party) => party.run()));
  }

  // Everybody compares what they were told, on the sockets that they have.
  async rest(): Promise<void> {
    for (const party of this.parties) party.goAway();
    await this.running;
    await Promise.all(this.parties.map((party) => party.comeBack()));
    for (const party of this.parties) await party.checkPast();
  }

  get paused(): number {
    return this.parties.reduce((sum, { paused }) => sum + paused, 0);
  }

  async isDegraded(): Promise<boolean> {
    const ready = await call<{ degraded: boolean }>(this.server.url, 'GET', '/readyz');
    assert.equal(ready.status, 200);
    return ready.body.degraded;
  }

  // In traffic saving is paused, and said to be, with this sentence; the rooms are there.
  async isPaused(because: string): Promise<void> {
    const before = this.paused;
    await until('it says that it is degraded', () => this.isDegraded(), 12_000);
    await until('changes are refused', async () => this.paused > before + 5);
    const [seat] = this.seats as [Seated];
    const refused = await call<{ code: string; detail: string }>(
      this.server.url, 'POST', `/v1/sessions/${seat.sessionId}/keep-alive`,
      { token: seat.token, body: {} });
    assert.equal(refused.status, 503);
    assert.equal(refused.body.code, 'saving_paused');
    assert.match(refused.body.detail, new RegExp(`^Saving is paused because ${because}\\.`));
    assert.match(this.server.log, new RegExp(`Saving is paused because ${because}`));
    await this.isReadable();
  }

  async isReadable(): Promise<void> {
    for (const { sessionId, token } of this.seats) {
      const answer = await call(this.server.url, 'GET', `/v1/sessions/${sessionId}`, { token });
      assert.equal(answer.status, 200);
    }
    const [one, other] = this.lines as [Line, Line];
    assert.ok(!one.isOver && !other.isOver, 'nobody was thrown out');
    const heard = other.of('cursor').length;
    one.say(`session:${this.seats[0]!.sessionId}`, 'cursor', { x: 0.5, y: 0.5 });
    await until('the others see the pointer move', async () => other.of('cursor').length > heard);
  }

  async goesOn(): Promise<void> {
    await until('saving goes on', async () => !(await this.isDegraded()), 12_000);
    assert.match(this.server.log, /Saving goes on\./);
    const [{ sessionId, token }] = this.seats as [Seated];
    const kept = await call(this.server.url, 'POST', `/v1/sessions/${sessionId}/keep-alive`,
      { token, body: {} });
    assert.equal(kept.status, 200);
    await this.isReadable();
  }

  // What was told holds after a crash too.
  async surviveKill(): Promise<void> {
    await this.server.kill();
    await this.server.run();
    await this.rest();
  }

  async close(): Promise<void> {
    for (const party of this.parties) party.goAway();
    await this.running.catch(() => undefined);
    for (const party of this.parties) party.leaveAll();
    for (const line of this.lines) line.end();
    await this.server.stop();
  }
}

// "At 3 a.m." of docs/operations.md.
async function saveRemoved(stage: Stage): Promise<void> {
  const open = `/proc/${stage.server.pid}/fd`;
  for (const descriptor of await readdir(open)) {
    const target = await readlink(join(open, descriptor)).catch(() => ''); // closed by now
    const name = basename(target.replace(/ \(deleted\)$/, ''));
    if (target.endsWith(' (deleted)') && FILES.slice(0, 2).includes(name))
      await copyFile(join(open, descriptor), stage.file(name));
  }
}

// Most of their time they wait.
describe('disks in trouble', { concurrency: true }, () => {
  test('ST5 OU4 OU5 CH2 a disk that fills up in traffic pauses saving, and room lets it go on',
       { timeout: 120_000 }, async (t) => {
    const disk = await SmallDisk.mount(join(folder, 'small'), '16m');
    if (!disk) return t.skip('no right to mount');
    const stage = await Stage.open(t, disk.path);
    try {
      stage.play();
      await until('there is traffic', async () => stage.parties[0]!.told.operations.size > 20);
      await disk.fill();
      await stage.isPaused("the database's disk is full");
      await disk.makeRoom();
      await stage.goesOn();
      await stage.rest();
      // A crash while the disk is full, and a start before there is room.
      stage.play();
      await disk.fill();
      await until('it says that it is degraded', () => stage.isDegraded(), 12_000);
      await stage.server.kill();
      const refused = await stage.server.run().then(() => null, (error: Error) => error.message);
      if (refused !== null)
        assert.match(refused, /^tarotforge: .*disk.* is full\. (Make room|Mend that) and start again\.$/m);
      await stage.server.kill();
      await disk.makeRoom();
      await stage.server.run();
      await stage.rest();
    } finally {
      await stage.close();
      await disk.unmount();
    }
  });

  test('OU4 OU5 CH3 files that turn read-only under the server pause saving until they can be written',
       { timeout: 60_000 }, async (t) => {
    const path = await mkdtemp(join(folder, 'frozen-'));
    const stage = await Stage.open(t, path);
    const frozen = FILES.slice(0, 2).map((name) => stage.file(name));
    try {
      stage.play();
      if (!(await freeze(path))) return t.skip('no right to freeze files');
      await until('the folder does not matter', async () =>
        stage.parties[0]!.told.operations.size > 20);
      await thaw(path);
      assert.equal(stage.paused, 0);
      assert.ok(await freeze(...frozen));
      await stage.isPaused("the database's disk cannot be written");
      await thaw(...frozen);
      await stage.goesOn();
      await stage.rest();
      await stage.surviveKill();
    } finally {
      await thaw(path, ...frozen).catch(() => undefined);
      await stage.close();
    }
  });

  test('CH4 a database that is replaced under the server is not written, and goes on when it is back',
       { timeout: 60_000 }, async (t) => {
    const path = await mkdtemp(join(folder, 'replaced-'));
    const stage = await Stage.open(t, path);
    const aside = await mkdtemp(join(folder, 'aside-'));
    try {
      stage.play();
      await until('there is traffic', async () => stage.parties[0]!.told.operations.size > 20);
      const other = await stage.server.command('backup', join(aside, 'backup.db'));
      assert.equal(other.code, 0, other.err);
      await rename(stage.file('readings.db'), join(aside, 'readings.db'));
      await rename(join(aside, 'backup.db'), stage.file('readings.db'));
      await stage.isPaused("the database's file was moved, removed or replaced");
      await rename(join(aside, 'readings.db'), stage.file('readings.db'));
      await stage.goesOn();
      await stage.rest();
      await stage.surviveKill();
    } finally {
      await stage.close();
    }
  });

  test('CH4 of a database that is removed under the server everything is saved as its page says',
       { timeout: 60_000 }, async (t) => {
    const path = await mkdtemp(join(folder, 'removed-'));
    const stage = await Stage.open(t, path);
    try {
      stage.play();
      await until('there is traffic', async () => stage.parties[0]!.told.operations.size > 20);
      for (const name of FILES) await rm(stage.file(name));
      await stage.isPaused("the database's file was moved, removed or replaced");
      assert.match(stage.server.log, /copy it with its -wal file from \/proc\/\d+\/fd/);
      await saveRemoved(stage);
      await stage.surviveKill();
    } finally {
      await stage.close();
    }
  });
});
