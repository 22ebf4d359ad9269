/**
 * The next closing order, when none lives. Attempts are paced (25 December: 52 exits in 8 minutes), each is another step with its reason,
 * and after the last that a minute allows a person is called and the retries go on for ever, slowly (I12).
 */
import { freeAttempt, ordersOf, withCycle } from '../model/book';
import { closingGroup, isCoveredByAnother } from '../model/closing-group';
import { type Cycle, type ExitIntent, type Exiting, netQuantity } from '../model/cycle';
import type { Fact } from '../model/fact';
import { orderRefOf } from '../model/ids';
import type { Order, OrderSpec } from '../model/order';
import { closing, makeWay, placeOrder } from '../model/placing';
import { cycleWith } from '../model/shape';
import type { EngineState } from '../model/state';
import { chain, type Outcome, unchanged } from '../model/step';
import { touchTicks } from './touch';

const ATTEMPTS_PER_MINUTE = 6;
const MINUTE_MS = 60_000;
const RETRY_MS = 1_000;
/** Closers of another cycle that are about to be made smaller are waited for, and not for ever. */
const SHRINK_WAIT_MS = 2_000;
const RETRY_MS_MAX = 10_000;

export function nextAttempt(state: EngineState, cycle: Exiting, hostMs: number): Outcome {
  const { exit } = cycle;
  const reducing = closing(cycle);
  if (!reducing) return unchanged(state);
  const exits = ordersOf(state, cycle.cycleId).filter((order) => order.spec.role === 'exit');
  if (!isDue(exits, hostMs)) return unchanged(state);
  const { group, inTheWay } = closingGroup(state, cycle, hostMs);
  // strictly: what stands in the way may have filled, and then this exit would open a position
  if (inTheWay.length > 0) {
    return makeWay(state, inTheWay, 'Its group is spent: it would be a second closer.', hostMs);
  }
  if (isCoveredByAnother(state, cycle) && hostMs - exit.steppedHostMs < SHRINK_WAIT_MS)
    return unchanged(state);
  const last = exits.at(-1) ?? null;
  const touch = touchTicks(state, { symbol: cycle.symbol, side: reducing.side }, hostMs);
  const { step, stepWhy } = stepOf(exit, touch);
  const attempt = freeAttempt(state, cycle.cycleId, 'exit');
  const order: OrderSpec = {
    ...reducing,
    ref: orderRefOf(cycle.cycleId, 'exit', attempt),
    cycleId: cycle.cycleId,
    role: 'exit',
    symbol: cycle.symbol,
    type: step === 'limit' ? 'LMT' : 'MKT',
    limitTicks: step === 'limit' ? touch : null,
    triggerTicks: null,
    tif: 'DAY',
    ocaGroup: group,
    parentRef: null,
  };
  const sent = { ...exit, step, steppedHostMs: hostMs, attempts: exit.attempts + 1 };
  const why = [last === null ? exit.why : againText(cycle, attempt, last), stepWhy].filter(Boolean).join(' ');
  return chain(
    withCycle(state, cycleWith(cycle, { exit: sent })),
    (current) => stepped(current, cycle, exit, { step, why: stepWhy }),
    (current) => placeOrder(current, order, why, hostMs),
    (current) => alarm(current, cycle, attempt),
  );
}

/** What we cancelled ourselves to make way is not waited for; a refusal is, each time longer. */
function isDue(exits: readonly Order[], hostMs: number): boolean {
  const last = exits.at(-1);
  if (!last) return true;
  const inMinute = exits.filter((order) => hostMs - order.sentHostMs < MINUTE_MS).length;
  if (inMinute >= ATTEMPTS_PER_MINUTE) return false;
  const waitMs = Math.min(RETRY_MS * 2 ** Math.max(0, exits.length - 2), RETRY_MS_MAX);
  return last.cancelWished || hostMs - last.sentHostMs >= waitMs;
}

/** An exit that ended without closing is not sent again as it was. */
function stepOf(exit: ExitIntent, touch: number | null): { step: ExitIntent['step']; stepWhy: string } {
  if (exit.step === 'market') return { step: 'market', stepWhy: '' };
  if (exit.attempts > 0) return { step: 'market', stepWhy: 'At the market now.' };
  return touch === null
    ? { step: 'market', stepWhy: 'No fresh quote: at the market.' }
    : { step: 'limit', stepWhy: '' };
}

function stepped(
  state: EngineState,
  { cycleId, symbol }: Cycle,
  exit: ExitIntent,
  { step, why }: { step: ExitIntent['step']; why: string },
): Outcome {
  const fact: Fact = { type: 'ExitStepped', cycleId, symbol, step, limitTicks: null, why };
  return { state, facts: step === exit.step ? [] : [fact], commands: [] };
}

function againText(cycle: Cycle, attempt: number, last: Order): string {
  const ended = `${last.phase.toLowerCase()}${last.text ? `, ${last.text}` : ''}`;
  return `Attempt ${attempt}: ${Math.abs(netQuantity(cycle))} still open. The last one: ${ended}.`;
}

/** Never silence: each round of attempts that did not close the position calls a person. */
function alarm(state: EngineState, cycle: Cycle, attempt: number): Outcome {
  if (attempt % ATTEMPTS_PER_MINUTE !== 0) return unchanged(state);
  const held = Math.abs(netQuantity(cycle));
  const text = `NOT CLOSED after ${attempt - 1} attempts: ${held} ${cycle.symbol} of ${cycle.cycleId}. It is tried again, slowly; look at the broker.`;
  return { state, facts: [], commands: [{ type: 'SendAlert', severity: 'critical', text }] };
}
