/** Catalogue 2.4 and 2.5: prices, lines, machines, the advisor and people. */
import type { Mutant } from './mutant';

const LINK = 'server/engine/reconcile/link.ts';
const ANSWER = 'server/engine/advisory/answer.ts';
const LOOP = 'server/worker/loop.ts';

export const SURROUNDINGS: readonly Mutant[] = [
  {
    name: 'the early close of a holiday is not in our table',
    row: 'F12',
    file: 'server/engine/model/venue.ts',
    find: "return { open: broker === 'open' && (table === 'open' || table === 'none'), broker, table };",
    replace: 'return { open: true, broker, table };',
  },
  {
    name: 'a worker that starts again has forgotten everything',
    row: 'F13',
    file: 'server/worker/recover.ts',
    find: 'return { state, seq: recovered.lastSeq',
    replace: 'return { state: INITIAL_STATE, seq: recovered.lastSeq',
  },
  {
    name: 'a snapshot is taken for the whole journal',
    row: 'F13',
    file: 'server/worker/recover.ts',
    find: 'for (const entry of recovered.entries) {',
    replace: 'for (const entry of recovered.snapshot ? [] : recovered.entries) {',
  },
  {
    name: 'commands leave before they are on disk',
    row: 'F13',
    file: LOOP,
    find: 'if (entries.length > 0 && !(await this.#write(before, entries)))',
    replace:
      'this.#dispatch(entries);\n      if (entries.length > 0 && !(await this.#write(before, entries)))',
  },
  {
    name: 'a price that stands still is as good as any',
    row: 'F39',
    file: 'server/engine/guard/quote-fresh.ts',
    find: 'return verdict(ageMs !== null && ageMs <= state.limits.maxQuoteAgeMs, {',
    replace: 'return verdict(true, {',
  },
  {
    name: 'the stop at the broker needs a fresh price',
    row: 'F39 F38',
    file: 'server/engine/bracket/protection.ts',
    find: 'const next = protectionOf(',
    replace:
      'if (hostMs - (state.market.quotes[cycle.symbol]?.hostMs ?? 0) > 5_000) return unchanged(state);\n  const next = protectionOf(',
  },
  {
    name: 'nobody is told that there are no prices',
    row: 'F40',
    file: 'server/engine/halt/causes.ts',
    find: 'if (data) trips.push(data);',
    replace: '',
  },
  {
    name: 'nobody watches whether a price of what is held comes',
    row: 'F40 L6',
    file: 'server/engine/flow/levels.ts',
    find: '  (state, at) => watchSight(state, at),\n',
    replace: '',
  },
  {
    name: 'who was told of a blindness once is never told again',
    row: 'L6',
    file: 'server/engine/market/blind.ts',
    find: 'withCycle(state, { ...cycle, blindSinceHostMs: null })',
    replace: 'state',
  },
  {
    name: 'an outage is taken for a blindness',
    row: 'L6',
    file: 'server/engine/market/blind.ts',
    find: 'Math.max(quotedHostMs, state.link.sinceHostMs)',
    replace: 'quotedHostMs',
  },
  {
    name: 'a connection is clean before the broker has reported',
    row: 'F41',
    file: LINK,
    find: "reconciliation: { ...off(state.reconciliation), phase: 'asked' },\n        },\n        hostMs,\n      );\n      return {\n        ...asked,\n        facts: [\n          { type: 'BrokerLinkChanged'",
    replace:
      "reconciliation: { ...off(state.reconciliation), phase: 'clean' },\n        },\n        hostMs,\n      );\n      return {\n        ...asked,\n        facts: [\n          { type: 'BrokerLinkChanged'",
  },
  {
    name: 'a report that never comes is not asked for again',
    row: 'F41',
    file: 'server/engine/reconcile/positions.ts',
    find: "return due && state.link.phase === 'connected' ?",
    replace: "return due && requests.length === 0 && state.link.phase === 'connected' ?",
  },
  {
    name: 'entries go out before the book is compared',
    row: 'I11',
    file: 'server/engine/guard/reconciled.ts',
    find: "verdict(state.reconciliation.phase === 'clean', {",
    replace: 'verdict(true, {',
  },
  {
    name: 'a loop that stood still goes on as if nothing had happened',
    row: 'F42',
    file: LOOP,
    find: 'return forMs < STALL_MS ? [] :',
    replace: 'return forMs >= 0 ? [] :',
  },
  {
    name: 'a cancel that is not found is a cancel',
    row: 'F44',
    file: 'server/engine/order/error.ts',
    find: "return 'NotFound';",
    replace: "return 'CancelConfirmed';",
  },
  {
    name: 'a WAIT is advice',
    row: 'F47',
    file: ANSWER,
    find: "if (answer.verdict === 'GO') {",
    replace: "if (answer.verdict === 'GO' || answer.verdict === 'WAIT') {",
  },
  {
    name: 'a confidence at the threshold lifts a WAIT',
    row: 'F47',
    file: ANSWER,
    find: 'proposal.confidence > threshold',
    replace: 'proposal.confidence >= threshold',
  },
  {
    name: 'no advisor, no objection',
    row: 'F48',
    file: ANSWER,
    find: "if (event.type === 'AdvisorFailed') return noAnswer(state, proposal, event.why);",
    replace:
      "if (event.type === 'AdvisorFailed') return { outcome: unchanged(state), cleared: { proposal, clearance: { kind: 'go', advisor: 'none' } } };",
  },
  {
    name: 'a flatten is over when our own book is flat',
    row: 'F49',
    file: 'server/engine/halt/flatten.ts',
    find: 'if (held.length === 0 && working.length === 0) {',
    replace: 'if (report.requestId > 0) {',
  },
  {
    name: 'a flatten closes nothing',
    row: 'F49',
    file: 'server/engine/halt/flatten.ts',
    find: "cycle.exit?.step !== 'market',",
    replace: "cycle.exit?.step === 'market',",
  },
  {
    name: 'a halt stops no entry',
    row: 'S-18 I20',
    file: 'server/engine/guard/trading-mode.ts',
    find: "return verdict(mode === 'Active', {",
    replace: 'return verdict(true, {',
  },
  {
    name: 'a halt leaves resting entries at the broker',
    row: 'I20',
    file: 'server/engine/flow/operator.ts',
    find: "(current) => cancelEntries(current, action.scope, 'Trading is halted.', hostMs),",
    replace: '',
  },
  {
    name: 'a later and weaker halt takes a stronger one back',
    row: 'I19',
    file: 'server/engine/halt/mode.ts',
    find: 'if (rank(to) <= rank(modeOf(state, scope))) return unchanged(state);',
    replace: 'if (rank(to) === rank(modeOf(state, scope))) return unchanged(state);',
  },
  {
    name: 'the halt is over when the worker starts again',
    row: 'I19',
    file: LINK,
    find: 'const anew = { link,',
    replace: "const anew = { modes: { '*': { mode: 'Active' as const, since: 0, by: '', why: '' } }, link,",
  },
  {
    name: 'the guards are not asked again when the order is sent',
    row: 'S-18',
    file: 'server/engine/flow/signal.ts',
    find: 'const results = evaluateGuards(decided, cycle, stamped);',
    replace: 'const results = cycle.results;',
  },
  {
    name: 'an approval is for whatever is proposed by then',
    row: 'S-19',
    file: 'server/engine/advisory/decide.ts',
    find: 'if (decision.digest !== digest) {',
    replace: "if (digest === '') {",
  },
  {
    name: 'orders of a person in TWS are cancelled as if they were ours',
    row: 'S-17',
    file: 'server/engine/model/ids.ts',
    find: 'if (!match || !role) return null;',
    replace:
      "if (!match || !role) return text === '' ? { cycleId: 'c-0-0' as CycleId, role: 'entry', attempt: 1 } : null;",
  },
  {
    name: 'what was decided before a sleep leaves after it',
    row: 'S-20 F42',
    file: LOOP,
    find: 'if (this.#standsFor() < STALL_MS) this.#dispatch(entries);',
    replace: 'if (this.#standsFor() >= 0) this.#dispatch(entries);',
  },
];
