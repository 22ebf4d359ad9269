/**
 * Who may import whom: one rule a sentence of server/README.md. A rule lists what a room may import; the rest of the project is closed to it.
 * Tests may reach further: they put a real part on the other side.
 */
const PROJECT = '^(app|components|server|prisma|scripts|e2e|bench)/';
const TESTS = '\\.(test|child)\\.tsx?$|/testing/|^e2e/';

/** Files of `from` import from the project only what is listed in `may`; packages and Node are their own affair. */
const room = (name, from, may) => ({
  name,
  severity: 'error',
  from: { path: from, pathNot: TESTS },
  to: { path: PROJECT, pathNot: may },
});

/** Like a room, but with no packages and no Node either, except those listed. */
const closed = (name, from, may) => ({
  name,
  severity: 'error',
  from: { path: from, pathNot: TESTS },
  to: { pathNot: may },
});

/** `to` may be imported by files of `by` only. */
const reserved = (name, to, by) => ({
  name,
  severity: 'error',
  from: { path: PROJECT, pathNot: `${by}|${TESTS}` },
  to: { path: to },
});

/** Types are free; what is left at run time may come only from `may`. */
const atRunTime = (rule) => ({ ...rule, to: { ...rule.to, dependencyTypesNot: ['type-only'] } });

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    // The core: no packages, no Node, no neighbours. Stages meet in flow and step.ts alone.
    closed('engine-knows-only-itself', '^server/engine/', '^server/engine/'),
    closed('model-knows-only-itself', '^server/engine/model/', '^server/engine/model/'),
    closed('stages-do-not-know-each-other', '^server/engine/(?!flow/)([^/]+)/', '^server/engine/($1|model)/'),
    reserved(
      'only-worker-replay-sim-and-bench-run-the-engine',
      '^server/engine/(step|show)\\.ts$',
      '^server/(worker|replay|sim)/|^bench/',
    ),
    reserved(
      'only-they-know-its-stages',
      '^server/engine/(?!model/|view/)[^/]+/',
      '^server/(engine|worker|replay|sim)/|^bench/',
    ),

    // The shell around it.
    room('ports-and-settings-know-only-the-model', '^server/(ports|settings)\\.ts$', '^server/engine/model/'),
    room(
      'adapters-do-not-know-each-other',
      '^server/adapters/([^/]+)/',
      '^server/(adapters/$1/|ports\\.ts$|engine/model/)|^prisma/',
    ),
    room(
      'worker-puts-the-parts-together',
      '^server/worker/',
      '^server/(worker|engine|adapters|link)/|^server/(ports|settings|stack/lifeline)\\.ts$',
    ),
    closed(
      'exchange-knows-ib-and-not-us',
      '^server/exchange/',
      '^server/exchange/|^node_modules/(@types/)?luxon/',
    ),
    room(
      'gateway-serves-the-exchange',
      '^server/gateway/',
      '^server/(gateway|exchange)/|^server/stack/lifeline\\.ts$',
    ),
    room('link-is-thin', '^server/link/', '^server/(link|engine/model|engine/view)/'),
    room(
      'api-asks-the-link-and-the-journal',
      '^server/api/',
      '^server/(api|link|auth|incidents|replay|engine/model|engine/view|adapters/journal)/|^server/settings\\.ts$',
    ),
    room(
      'incidents-keep-what-the-replay-reads',
      '^server/incidents/',
      '^server/(incidents|replay|exchange)/',
    ),
    room('auth-keeps-to-itself', '^server/auth/', '^server/(auth/|settings\\.ts$)|^prisma/'),
    room(
      'replay-runs-old-logs-through-the-engine',
      '^server/replay/',
      '^server/(replay|engine|exchange|adapters/journal)/',
    ),
    room(
      'cli-asks-the-link-and-the-journal',
      '^server/cli/',
      '^server/(cli|link|replay|gateway/record|engine/model|engine/view|adapters/journal)/|^server/(settings|stack/report)\\.ts$',
    ),
    room(
      'stack-starts-processes',
      '^server/stack/',
      '^server/stack/|^server/(settings|adapters/journal/migrate|adapters/signals/keys)\\.ts$',
    ),
    room(
      'sim-drives-the-whole',
      '^server/sim/',
      '^server/(sim|engine|worker|exchange|adapters/ib)/|^server/(ports|stack/dead-man)\\.ts$',
    ),
    reserved('sim-is-for-tests-and-measurements', '^server/sim/', '^(server/sim|bench)/'),

    // One owner for each library that touches money or disk.
    reserved(
      'only-the-ib-adapter-and-its-simulated-peer-speak-stoqey',
      '^node_modules/@stoqey/',
      '^server/(adapters/ib|sim)/|^bench/',
    ),
    reserved(
      'only-the-journal-and-auth-touch-prisma',
      '^prisma/|^node_modules/@prisma/',
      '^server/(adapters/journal|auth)/|^prisma/',
    ),
    reserved(
      'only-the-console-process-runs-next',
      '^node_modules/next/',
      '^(app|components)/|^server/stack/web\\.mjs$',
    ),

    // The console.
    room('ui-knows-no-trade-words', '^components/ui/', '^components/ui/'),
    atRunTime(room('live-carries-the-stream', '^components/live/', '^components/(live|ui)/')),
    atRunTime(
      room(
        'nouns-do-not-know-each-other',
        '^components/(?!ui/|live/|shell/)([^/]+)/',
        '^components/($1|ui|live|chart)/',
      ),
    ),
    atRunTime(room('components-see-types-of-the-server', '^components/', '^components/')),
    atRunTime(room('app-shows-and-asks', '^app/(?!api/)', '^(app|components)/|^server/auth/')),
    room(
      'routes-reach-the-server',
      '^app/api/',
      '^app/|^server/(api|link|auth|engine/model|engine/view)/|^server/settings\\.ts$',
    ),
    room('server-knows-no-pages', '^server/', '^(server|prisma)/'),

    // Everywhere.
    reserved('nothing-imports-tests', TESTS, TESTS),
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'every-import-is-found', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^prisma/generated'] },
    exclude: { path: '^\\.next/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
