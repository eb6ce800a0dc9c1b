import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, loadEnv } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig(({ mode }) => {
  // CONSOLE_API_URL: the API of a running stack, or the address that scripts/fixture-server.mjs prints.
  const api = loadEnv(mode, root, 'CONSOLE_')['CONSOLE_API_URL'] ?? 'http://127.0.0.1:4000';
  return {
    root,
    plugins: [react()],
    build: { outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
    server: { host: '127.0.0.1', proxy: { '/graphql': { target: api, ws: true }, '/exports': { target: api } } },
  };
});
