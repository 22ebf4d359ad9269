/** A random day at the desk: what strategies, operators, the market and the broker may do, as data that a property test can shrink. */
import fc from 'fast-check';
import { priceOf } from '../model/money';
import type { Activation, Mishap } from './broker';
import type { Desk } from './desk';
import { ES } from './instruments';

const symbol = fc.constantFrom('ES', 'MES');
const pick = fc.nat({ max: 30 });

const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('signal' as const),
      symbol,
      side: fc.constantFrom('BUY' as const, 'SELL' as const),
      quantity: fc.integer({ min: 1, max: 3 }),
      market: fc.boolean(),
      verdict: fc.constantFrom('GO' as const, 'GO' as const, 'WAIT' as const, null),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('exit' as const), symbol }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('fill' as const),
      pick,
      quantity: fc.integer({ min: 1, max: 3 }),
      late: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('drop' as const), pick }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('later' as const),
      ms: fc.constantFrom(250, 1_000, 3_000, 61_000),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('move' as const),
      symbol,
      by: fc.integer({ min: -30, max: 30 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('cut' as const, 'restart' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('reconnect' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'flatten' as const,
        'halt' as const,
        'resume' as const,
        'cancelEntries' as const,
        'approve' as const,
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('mishap' as const),
      role: fc.constantFrom('entry', 'target', 'stop', 'exit', 'emergency'),
      mishap: fc.constantFrom<Mishap | null>(
        null,
        { kind: 'rests' },
        { kind: 'lost' },
        { kind: 'api-cancelled' },
        { kind: 'refused', code: 201, text: 'Order rejected - reason:margin' },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('lostReports' as const),
      reports: fc.boolean(),
    }),
  },
);

/** What IB does not say for certain, and what a person may set. */
const moods = fc.oneof(
  fc.record({
    kind: fc.constant('activation' as const),
    activation: fc.constantFrom<Activation>('scaled', 'complete'),
  }),
  fc.record({
    kind: fc.constant('changeMishap' as const),
    role: fc.constantFrom('target', 'stop', 'exit', 'emergency'),
    mishap: fc.constantFrom('refused' as const, 'lost' as const, null),
  }),
  fc.record({
    kind: fc.constant('rules' as const),
    maxMinutes: fc.constantFrom(null, 1),
    breakEvenAfterTicks: fc.constantFrom(null, 4, 8),
    byTicks: fc.constantFrom(null, 2, 6),
  }),
);

/** What no gateway of ours does: another program trades the account, and cancels vanish on a wire that carries everything else. */
const lostCancels = fc.record({ kind: fc.constant('lostCancels' as const), cancels: fc.boolean() });
const byHand = fc.record({
  kind: fc.constant('byHand' as const),
  symbol,
  signed: fc.constantFrom(-2, -1, 1, 2),
});

export type Act =
  | (typeof act extends fc.Arbitrary<infer A> ? A : never)
  | (typeof moods extends fc.Arbitrary<infer A> ? A : never)
  | (typeof byHand extends fc.Arbitrary<infer A> ? A : never)
  | (typeof lostCancels extends fc.Arbitrary<infer A> ? A : never);

export const days: fc.Arbitrary<readonly Act[]> = fc.array(act, { minLength: 5, maxLength: 40, size: 'max' });
export const hardDays: fc.Arbitrary<readonly Act[]> = fc.array(
  fc.oneof(
    { weight: 15, arbitrary: act },
    { weight: 1, arbitrary: byHand },
    { weight: 1, arbitrary: lostCancels },
  ),
  { minLength: 5, maxLength: 40, size: 'max' },
);

export const moodyDays: fc.Arbitrary<readonly Act[]> = fc.array(
  fc.oneof({ weight: 10, arbitrary: act }, { weight: 2, arbitrary: moods }),
  { minLength: 5, maxLength: 40, size: 'max' },
);

/** What the market does; orders that may not fill now are left alone. */
function fillSome(
  desk: Desk,
  { pick: pickAt, quantity: wanted, late }: Extract<Act, { kind: 'fill' }>,
): void {
  const { broker } = desk;
  const working = broker.working();
  const ref = working[pickAt % Math.max(1, working.length)];
  const order = ref === undefined ? undefined : broker.orders.get(ref);
  if (!ref || !order) return;
  const quantity = Math.min(wanted, broker.fillable(ref));
  if (quantity <= 0) return;
  const price = order.spec.limitTicks ?? order.spec.triggerTicks ?? broker.marketTicks;
  const events = broker.fill(ref, price, quantity);
  if (desk.wired && late) desk.backlog.push(...events);
  else if (desk.wired) desk.when(...desk.backlog.splice(0), ...events);
}

export function perform(desk: Desk, todo: Act, n: number): void {
  const { broker } = desk;
  switch (todo.kind) {
    case 'signal': {
      desk.advisor = todo.verdict;
      const price = priceOf(broker.marketTicks, ES.tickSize);
      const away = (points: number) => price + (todo.side === 'BUY' ? points : -points);
      const prices = { stopPrice: away(-5), targetPrice: away(7.5), entryPrice: todo.market ? null : price };
      const { symbol: root, side, quantity } = todo;
      desk.market(root, price);
      desk.signal({
        signalId: `s-${n}`,
        strategy: `t-${n}`,
        symbol: root,
        action: side,
        quantity,
        orderType: todo.market ? 'MKT' : 'LMT',
        ...prices,
      });
      return;
    }
    case 'exit':
      desk.signal({
        signalId: `x-${n}`,
        symbol: todo.symbol,
        action: 'EXIT',
        stopPrice: null,
        targetPrice: null,
      });
      return;
    case 'fill':
      fillSome(desk, todo);
      return;
    case 'drop': {
      const working = broker.working();
      const ref = working[todo.pick % Math.max(1, working.length)];
      if (ref === undefined) return;
      const events = broker.drop(ref);
      if (desk.wired) desk.when(...events);
      return;
    }
    case 'later':
      desk.later(todo.ms);
      desk.when(...desk.backlog.splice(0));
      return;
    case 'move':
      desk.market(todo.symbol, priceOf(broker.marketTicks + todo.by, ES.tickSize));
      return;
    case 'cut':
      desk.cutWire();
      return;
    case 'restart':
      desk.restart();
      return;
    case 'reconnect':
      if (!desk.wired) desk.reconnect();
      return;
    case 'flatten':
      desk.operator({ kind: 'Flatten', scope: '*', reason: 'out' }, `click-${n}`);
      return;
    case 'halt':
      desk.operator({ kind: 'Halt', scope: '*', reason: 'news' }, `click-${n}`);
      return;
    case 'resume':
      desk.operator({ kind: 'Resume', scope: '*', reason: 'calm' }, `click-${n}`);
      return;
    case 'cancelEntries':
      desk.operator({ kind: 'CancelEntries', scope: '*', reason: 'news' }, `click-${n}`);
      return;
    case 'approve':
      for (const { proposalId, digest } of Object.values(desk.state.proposals)) {
        desk.operator(
          { kind: 'ApproveProposal', proposalId, digest, reason: 'level' },
          `click-${n}-${proposalId}`,
        );
      }
      return;
    case 'mishap':
      broker.mishap = (spec) => (spec.role === todo.role ? todo.mishap : null);
      return;
    case 'activation':
      broker.activation = todo.activation;
      return;
    case 'changeMishap':
      broker.changeMishap = (spec) => (spec.role === todo.role ? todo.mishap : null);
      return;
    case 'rules': {
      const { maxMinutes, breakEvenAfterTicks, byTicks } = todo;
      const trail = byTicks === null ? null : { afterTicks: 4, byTicks };
      const rules = { maxMinutes, breakEvenAfterTicks, trail };
      for (const { cycleId } of desk.openCycles())
        desk.operator({ kind: 'SetExitRules', cycleId, rules, reason: 'lunch' }, `rules-${n}-${cycleId}`);
      return;
    }
    case 'lostCancels':
      broker.losesCancels = todo.cancels;
      return;
    case 'lostReports':
      broker.losesReports = todo.reports;
      return;
    case 'byHand':
      broker.tradeByHand(todo.symbol, todo.signed);
      return;
  }
}

/** The broker behaves again, market orders find their other side and the wire is up: from here on everything must come to rest. */
export function heal(desk: Desk): void {
  desk.broker.mishap = () => null;
  desk.broker.changeMishap = () => null;
  desk.broker.losesCancels = false;
  desk.broker.losesReports = false;
  desk.cutWire().reconnect();
  for (const ref of desk.broker.working()) {
    const resting = desk.broker.orders.get(ref);
    if (resting?.spec.type === 'MKT') desk.when(...desk.broker.fill(ref, desk.broker.marketTicks));
  }
  desk.later(20_000);
}
