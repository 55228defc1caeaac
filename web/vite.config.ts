import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { decks } from './decks/vite_plugin.ts';
import { budget } from './tools/budget.ts';
import { pageAhead } from './tools/page_ahead.ts';

const client = fileURLToPath(new URL('./packages/client/src/index.ts', import.meta.url));

const ROOM = 'pages/room.tsx';
// On a phone's connection of 1.6 Mbit/s under a second (UI38).
const ROOM_MAX_BYTES = 180_000;

// What most pages need, in one file: a browser asks for six at once, and a room needs no more.
const SHARED =
  /src\/(server|ui\/\w+|room\/known_rooms|pages\/(problem_screen|expired|use_waiting))\.tsx?$/;

// The pages are served under `default-src 'self'`: nothing inlined as data:, no injected scripts.
export default defineConfig({
  plugins: [react(), decks(), budget(ROOM, ROOM_MAX_BYTES), pageAhead(ROOM, 'room.html')],
  // The client package is built for others; here its sources are read.
  resolve: { alias: { '@tarotforge/client': client } },
  build: {
    target: 'es2022',
    // The first that know light-dark().
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'shared', test: SHARED }] } } },
  },
  server: {
    proxy: {
      '/v1': 'http://127.0.0.1:8080',
      '/socket': { target: 'ws://127.0.0.1:8080', ws: true },
    },
  },
  test: {
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}', 'packages/*/src/**/*.test.ts', 'decks/**/*.test.ts', 'tools/*.test.ts'],
  },
});
