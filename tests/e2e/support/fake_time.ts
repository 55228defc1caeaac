// A wall clock that a test sets forward and back under programs that run (libfaketime). What they
// measure by the monotonic clock goes on as it does.
import { chmod, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Of the program whose clock is faked. The library for threads makes PostgreSQL slow.
export type Threads = 'many' | 'one';

async function library(threads: Threads): Promise<string> {
  const name = threads === 'many' ? 'libfaketimeMT.so.1' : 'libfaketime.so.1';
  for (const folder of await readdir('/usr/lib')) {
    const path = join('/usr/lib', folder, 'faketime');
    const files = await readdir(path).catch(() => [] as string[]);
    if (files.includes(name)) return join(path, name);
  }
  throw new Error('libfaketime is missing: install the package faketime');
}

export class FakeTime {
  readonly environment: Record<string, string>;
  private readonly folder: string;
  private offset = 0;

  private constructor(folder: string, preload: string) {
    this.folder = folder;
    this.environment = {
      LD_PRELOAD: preload,
      FAKETIME_TIMESTAMP_FILE: join(folder, 'offset'),
      FAKETIME_CACHE_DURATION: '1', // s, after which a jump is noticed
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      DONT_FAKE_MONOTONIC: '1', // the older word for it
    };
  }

  static async prepare(threads: Threads = 'many'): Promise<FakeTime> {
    const folder = await mkdtemp(join(tmpdir(), 'tarotforge-time-'));
    await chmod(folder, 0o755);
    const time = new FakeTime(folder, await library(threads));
    await time.jump(0);
    return time;
  }

  // By so many seconds from where the clock is now.
  async jump(seconds: number): Promise<void> {
    this.offset += seconds;
    const path = join(this.folder, 'offset');
    await writeFile(`${path}.new`, `${this.offset < 0 ? '' : '+'}${this.offset}\n`);
    await rename(`${path}.new`, path);
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
