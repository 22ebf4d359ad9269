import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cruiseImports, type ImportReport, troublesOf } from './imports';

/** One forbidden import for every rule: whose file, what it imports, and the rule that must say so. */
const PLANTED = [
  ['server/engine/step.ts', 'server/ports.ts', 'engine-knows-only-itself'],
  ['server/engine/market/a.ts', 'node:fs', 'engine-knows-only-itself'],
  ['server/engine/model/a.ts', 'server/engine/halt/mode.ts', 'model-knows-only-itself'],
  ['server/engine/guard/a.ts', 'server/engine/halt/mode.ts', 'stages-do-not-know-each-other'],
  ['server/stack/a.ts', 'server/engine/step.ts', 'only-worker-replay-sim-and-bench-run-the-engine'],
  ['server/link/a.ts', 'server/engine/halt/mode.ts', 'only-they-know-its-stages'],
  ['server/ports.ts', 'server/settings.ts', 'ports-and-settings-know-only-the-model'],
  ['server/settings.ts', 'server/link/b.ts', 'ports-and-settings-know-only-the-model'],
  ['server/adapters/ib/a.ts', 'server/adapters/journal/door.ts', 'adapters-do-not-know-each-other'],
  ['server/worker/a.ts', 'server/exchange/match.ts', 'worker-puts-the-parts-together'],
  ['server/exchange/a.ts', 'server/engine/model/words.ts', 'exchange-knows-ib-and-not-us'],
  ['server/exchange/b.ts', 'node:fs', 'exchange-knows-ib-and-not-us'],
  ['server/gateway/a.ts', 'server/settings.ts', 'gateway-serves-the-exchange'],
  ['server/link/b.ts', 'server/adapters/journal/door.ts', 'link-is-thin'],
  ['server/api/a.ts', 'server/adapters/ib/a.ts', 'api-asks-the-link-and-the-journal'],
  ['server/auth/a.ts', 'server/link/b.ts', 'auth-keeps-to-itself'],
  ['server/replay/a.ts', 'server/link/b.ts', 'replay-runs-old-logs-through-the-engine'],
  ['server/cli/a.ts', 'server/worker/a.ts', 'cli-asks-the-link-and-the-journal'],
  ['server/stack/b.ts', 'server/worker/a.ts', 'stack-starts-processes'],
  ['server/sim/a.ts', 'server/gateway/a.ts', 'sim-drives-the-whole'],
  ['server/worker/b.ts', 'server/sim/a.ts', 'sim-is-for-tests-and-measurements'],
  [
    'server/gateway/b.ts',
    'node_modules/@stoqey/ib/index.js',
    'only-the-ib-adapter-and-its-simulated-peer-speak-stoqey',
  ],
  ['server/api/b.ts', 'node_modules/next/index.js', 'only-the-console-process-runs-next'],
  ['server/cli/b.ts', 'prisma/generated/client.ts', 'only-the-journal-and-auth-touch-prisma'],
  ['components/ui/a.tsx', 'components/live/store.ts', 'ui-knows-no-trade-words'],
  ['components/live/a.ts', 'components/guard/table.tsx', 'live-carries-the-stream'],
  ['components/cycle/a.tsx', 'components/guard/table.tsx', 'nouns-do-not-know-each-other'],
  ['components/guard/a.tsx', 'server/api/a.ts', 'components-see-types-of-the-server'],
  ['app/page.tsx', 'server/link/b.ts', 'app-shows-and-asks'],
  ['app/api/a/route.ts', 'server/worker/a.ts', 'routes-reach-the-server'],
  ['server/link/c.ts', 'components/ui/a.tsx', 'server-knows-no-pages'],
  ['server/link/d.ts', 'server/link/b.test.ts', 'nothing-imports-tests'],
  ['server/stack/c.ts', 'server/stack/nowhere.ts', 'every-import-is-found'],
  ['server/stack/d.ts', 'server/stack/e.ts', 'no-cycles'],
] as const;

/** What the architecture allows, of which no rule may complain. */
const ALLOWED = [
  ['server/worker/main.ts', 'server/engine/step.ts'],
  ['server/engine/halt/b.ts', 'server/engine/model/words.ts'],
  ['server/adapters/journal/a.ts', 'prisma/generated/client.ts'],
  ['server/gateway/main.ts', 'server/exchange/match.ts'],
  ['server/cli/c.ts', 'server/adapters/journal/door.ts'],
  ['server/adapters/ib/b.ts', 'node_modules/@stoqey/ib/index.js'],
  ['components/cycle/b.tsx', 'components/live/store.ts'],
  ['server/gateway/a.test.ts', 'server/adapters/ib/a.ts'],
] as const;

const TARGETS = [
  'server/engine/halt/mode.ts',
  'server/engine/model/words.ts',
  'server/adapters/journal/door.ts',
  'server/exchange/match.ts',
  'server/link/b.test.ts',
  'prisma/generated/client.ts',
  'components/live/store.ts',
  'components/guard/table.tsx',
  'node_modules/@stoqey/ib/index.js',
  'node_modules/next/index.js',
];

let base = '';
let report: ImportReport;
beforeAll(async () => {
  base = mkdtempSync(path.join(os.tmpdir(), 'interlock-imports-'));
  for (const target of TARGETS) plant(target, 'export {};\n');
  for (const [from, to] of [...PLANTED, ...ALLOWED]) {
    plant(from, `import '${specifierOf(from, to)}';\n`);
  }
  plant('server/stack/e.ts', "import './d';\n");
  plant('tsconfig.json', '{ "compilerOptions": { "module": "ESNext", "moduleResolution": "bundler" } }\n');
  report = await cruiseImports(base);
});
afterAll(() => rmSync(base, { recursive: true }));

function plant(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(base, file)), { recursive: true });
  writeFileSync(path.join(base, file), text);
}

function specifierOf(from: string, to: string): string {
  if (to.startsWith('node:')) return to;
  if (to.startsWith('node_modules/')) return to.slice('node_modules/'.length).replace('/index.js', '');
  const found = path.relative(path.dirname(from), to).replace(/\.tsx?$/, '');
  return found.startsWith('.') ? found : `./${found}`;
}

describe('the import rules', () => {
  it('each forbid what they are named after, and nothing that is allowed', () => {
    const { violations } = report;
    const silent = PLANTED.filter(
      ([from, , rule]) => !violations.some((violation) => violation.from === from && violation.rule === rule),
    );
    expect(silent).toEqual([]);
    const wronged = ALLOWED.filter(([from]) => violations.some((violation) => violation.from === from));
    expect(wronged).toEqual([]);
  });

  it('fail when they see hardly any module', () => {
    expect(troublesOf({ modules: 3, violations: [] })).toContainEqual(
      'Only 3 modules were seen: this check is not working.',
    );
  });
});
