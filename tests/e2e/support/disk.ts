// Disks in trouble: a small one of its own that can be filled, and files that turn read-only under
// who has them open. Both need rights that only root has.
import { execFile } from 'node:child_process';
import { open, rm, mkdir } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

// A tmpfs. Null where this process may not mount.
export class SmallDisk {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static async mount(path: string, size: string): Promise<SmallDisk | null> {
    await mkdir(path, { recursive: true });
    const words = ['-t', 'tmpfs', '-o', `size=${size},mode=755`, 'tmpfs', path];
    return run('mount', words).then(() => new SmallDisk(path), () => null);
  }

  // To the last byte.
  async fill(): Promise<void> {
    const filler = await open(`${this.path}/filler`, 'a');
    try {
      for (const bytes of [4096, 1]) {
        const block = Buffer.alloc(bytes, 'x');
        while ((await filler.write(block).catch(() => null))?.bytesWritten === bytes);
      }
    } finally {
      await filler.close();
    }
  }

  async makeRoom(): Promise<void> {
    await rm(`${this.path}/filler`);
  }

  async unmount(): Promise<void> {
    await run('umount', ['-l', this.path]);
  }
}

// Nobody can write these files, or make and remove what is in these folders, not even who has them
// open. False where the file system or this process cannot do it.
export async function freeze(...paths: string[]): Promise<boolean> {
  return run('chattr', ['+i', ...paths]).then(() => true, () => false);
}

export async function thaw(...paths: string[]): Promise<void> {
  await run('chattr', ['-i', ...paths]);
}
