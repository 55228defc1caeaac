// Weighs what a browser must fetch before the room works, and stops a build that is too heavy: the
// entry, the room's page, and whatever the two import, compressed as the server sends it.
import { brotliCompressSync } from 'node:zlib';

export interface Chunk {
  type: 'chunk';
  fileName: string;
  code: string;
  imports: string[];
  isEntry: boolean;
  facadeModuleId: string | null;
}

export type Bundle = Record<string, Chunk | { type: 'asset'; source: string | Uint8Array }>;

/** The code that a page needs, by file name. */
export function firstLoad(bundle: Bundle, page: string): Map<string, string> {
  const files = new Map<string, string>();
  const add = (fileName: string) => {
    const chunk = bundle[fileName];
    if (chunk?.type !== 'chunk' || files.has(fileName)) return;
    files.set(fileName, chunk.code);
    chunk.imports.forEach(add);
  };
  for (const chunk of Object.values(bundle)) {
    if (chunk.type !== 'chunk') continue;
    if (chunk.isEntry || chunk.facadeModuleId?.endsWith(page)) add(chunk.fileName);
  }
  return files;
}

/** A Vite plugin. */
export function budget(page: string, maxBytes: number) {
  return {
    name: 'budget',
    apply: 'build' as const,
    generateBundle(this: { error(message: string): never }, _: unknown, bundle: object): void {
      const weights = [...firstLoad(bundle as Bundle, page)].map(
        ([file, code]) => [file, brotliCompressSync(code).length] as const,
      );
      const sum = weights.reduce((total, [, bytes]) => total + bytes, 0);
      const said = `${page}: ${(sum / 1000).toFixed(1)} of ${maxBytes / 1000} kB of JavaScript`;
      if (sum > maxBytes) {
        const parts = weights.map(([file, bytes]) => `${file} ${bytes}`);
        this.error(`${said}. ${parts.join(', ')}`);
      }
      console.log(`${said} at first load, brotli`);
    },
  };
}
