import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { budget, firstLoad, type Bundle, type Chunk } from './budget.ts';
import { htmlAhead } from './page_ahead.ts';

const chunk = (fileName: string, bytes: number, change: Partial<Chunk> = {}): Chunk => ({
  type: 'chunk',
  fileName,
  code: randomBytes(bytes).toString('latin1'),
  imports: [],
  isEntry: false,
  facadeModuleId: null,
  ...change,
});

const bundle: Bundle = {
  'index.js': chunk('index.js', 500, { isEntry: true, imports: ['shared.js'] }),
  'room.js': chunk('room.js', 300, {
    facadeModuleId: '/web/src/pages/room.tsx',
    imports: ['shared.js', 'table.js'],
  }),
  'shared.js': chunk('shared.js', 200, { imports: ['index.js'] }),
  'table.js': chunk('table.js', 100),
  'home.js': chunk('home.js', 900, { facadeModuleId: '/web/src/pages/home.tsx' }),
  'style.css': { type: 'asset', source: '' },
  'index.html': {
    type: 'asset',
    source: '<head>\n    <script type="module" src="/index.js"></script>\n  </head>\n',
  },
};

test('UI38 the first load is the entry and the page with what they import, each once', () => {
  const files = firstLoad(bundle, 'pages/room.tsx');
  expect([...files.keys()].sort()).toEqual(['index.js', 'room.js', 'shared.js', 'table.js']);
});

test('UI38 the HTML of the room asks at once for all of it, and for nothing twice', () => {
  const html = htmlAhead(bundle, 'pages/room.tsx');
  const asked = [...html.matchAll(/(?:src|href)="\/([^"]+)"/g)].map(([, file]) => file);
  expect(asked.sort()).toEqual(['index.js', 'room.js', 'shared.js', 'table.js']);
});

test('UI38 a build that is too heavy fails, and says what weighs', () => {
  const refuse = {
    error: (message: string): never => {
      throw new Error(message);
    },
  };
  const build = (maxBytes: number) =>
    budget('pages/room.tsx', maxBytes).generateBundle.call(refuse, null, bundle);
  expect(() => build(1_000)).toThrow(/of 1 kB of JavaScript\. .*room\.js \d+/);
  expect(() => build(10_000)).not.toThrow();
});
