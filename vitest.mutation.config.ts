/** The tests that judge mutants of the engine: fast, pure, and nothing that needs a database, a socket or a browser. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['server/engine/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/workload.test.ts'],
    testTimeout: 15_000,
  },
});
