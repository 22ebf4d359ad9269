/** The guarded account as the guards look at it: the day's result, losses in a row, and an order that is still out there. */
import type { CycleId } from '../../engine/model/ids';
import { orderRefOf } from '../../engine/model/ids';
import { newOrder } from '../../engine/model/placing';
import { centralDate, globexCalendar } from '../../exchange/sessions';
import type { AccountFill } from '../counterfactual/account';
import type { AccountNow, Wish } from '../counterfactual/guarded';
import type { AccountState } from '../judge/judge';

/** Guards that an account tells of and a log does not. */
const TELLS = new Set(['Orders live', 'Loss today', 'Losses in a row', 'Time since last loss']);

interface Trip {
  closedTs: number;
  netMicros: number;
}

/** @param tickMicros $ x 10^-6 of one tick of one contract. */
export function accountState(
  { fills, inFlight, ts }: AccountNow,
  { id, action, quantity }: Wish,
  symbol: string,
  tickMicros: number,
): AccountState {
  const today = tradeDateAt(ts);
  const trips = tripsOf(fills, tickMicros).filter(({ closedTs }) => tradeDateAt(closedTs) === today);
  const lost = trips.filter(({ netMicros }) => netMicros < 0);
  const lastLoss = lost.at(-1)?.closedTs;
  const ref = orderRefOf(id as CycleId, 'entry');
  const working = newOrder(
    {
      ref,
      cycleId: id as CycleId,
      role: 'entry',
      symbol,
      side: action,
      quantity,
      type: 'LMT',
      limitTicks: null,
      triggerTicks: null,
      tif: 'DAY',
      ocaGroup: null,
      parentRef: null,
      reduceOnly: false,
    },
    ts,
  );
  return {
    day: {
      realizedMicros: trips.reduce((sum, { netMicros }) => sum + netMicros, 0),
      consecutiveLosses: trips.length - 1 - trips.findLastIndex(({ netMicros }) => netMicros >= 0),
      lastLossTs: lastLoss === undefined ? {} : { [symbol]: lastLoss },
    },
    orders: inFlight ? { [ref]: working } : {},
    tells: TELLS,
  };
}

/** From flat to flat, net of commissions. */
function tripsOf(fills: readonly AccountFill[], tickMicros: number): Trip[] {
  const trips: Trip[] = [];
  let held = 0;
  let netMicros = 0;
  for (const { ts, quantity, ticks, commissionMicros } of fills) {
    held += quantity;
    netMicros -= quantity * ticks * tickMicros + commissionMicros;
    if (held !== 0) continue;
    trips.push({ closedTs: ts, netMicros });
    netMicros = 0;
  }
  return trips;
}

const calendar = globexCalendar();

/** `YYYYMMDD` of the session that ends on it. */
export function tradeDateAt(ts: number): string {
  return centralDate(calendar.sessionFrom(ts).close);
}
