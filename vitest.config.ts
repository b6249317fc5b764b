import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // Sources would get graphql's ESM build and packages its CommonJS build: two realms, whose types never match.
    alias: [
      { find: /^graphql$/, replacement: 'graphql/index.js' },
      // A package with a package.json of its own, as an example has, cannot name us by ourselves.
      { find: /^acorn\/laws$/, replacement: fileURLToPath(new URL('./src/seams/laws/index.ts', import.meta.url)) },
      { find: /^acorn\/plugin$/, replacement: fileURLToPath(new URL('./src/seams/public.ts', import.meta.url)) },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    reporters: ['default', './test/support/reporter.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    teardownTimeout: 10_000,
  },
});
