import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const client = fileURLToPath(new URL('./packages/client/src/index.ts', import.meta.url));

// The pages are served under `default-src 'self'`: nothing inlined as data:, no injected scripts.
export default defineConfig({
  plugins: [react()],
  // The client package is built for others; here its sources are read.
  resolve: { alias: { '@tarotforge/client': client } },
  build: {
    target: 'es2022',
    // The first that know light-dark().
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: {
      '/v1': 'http://127.0.0.1:8080',
      '/socket': { target: 'ws://127.0.0.1:8080', ws: true },
    },
  },
  test: {
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}', 'packages/*/src/**/*.test.ts'],
  },
});
