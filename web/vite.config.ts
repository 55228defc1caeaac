import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { decks } from './decks/vite_plugin.ts';

// The pages are served under `default-src 'self'`: nothing inlined as data:, no injected scripts.
export default defineConfig({
  plugins: [react(), decks()],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: {
      '/v1': 'http://127.0.0.1:8080',
      '/socket': { target: 'ws://127.0.0.1:8080', ws: true },
    },
  },
  test: { environment: 'node', include: ['src/**/*.test.ts', 'decks/**/*.test.ts'] },
});
