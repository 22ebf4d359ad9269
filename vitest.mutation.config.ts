/**
 * The tests that judge mutants of the engine: pure, and nothing that needs a database, a socket or a browser. The room's own come first, for
 * a mutant lives until its first red test; property tests draw a few days each. The engine keeps no state in its modules, so one worker
 * may run all files.
 */
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const room = process.env.INTERLOCK_MUTATED_ROOM ?? '';

class OwnTestsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => (moduleId.includes(`/engine/${room}/`) ? 0 : 1);
    return [...files].sort((a, b) => rank(a) - rank(b) || a.moduleId.localeCompare(b.moduleId));
  }
}

export default defineConfig({
  test: {
    include: ['server/engine/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/workload.test.ts'],
    testTimeout: 15_000,
    isolate: false,
    env: { ENGINE_DAYS: '3' },
    sequence: { sequencer: OwnTestsFirst },
  },
});
