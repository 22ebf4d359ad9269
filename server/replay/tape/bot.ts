/** What the bot really did, as fills and stops: its own executions, charged what the exchange model charges. */
import { signOf } from '../../engine/model/order';
import { PRODUCTS } from '../../exchange/contracts';
import { toMicros, toTicks } from '../../exchange/units';
import type { ProductSymbol } from '../../exchange/words';
import type { AccountFill } from '../counterfactual/account';
import type { Cover } from '../counterfactual/cover';
import type { Execution, OrderCase } from '../model/order-case';

export interface BotAccount {
  fills: AccountFill[];
  covers: Cover[];
  /** Orders that are said to have filled, and of which no execution is told. */
  untold: number;
  /** Executions at a price that is off the grid. */
  offGrid: number;
}

/** @param orders of one instrument. @param span only what was executed in it: the tape's. */
export function botAccount(
  orders: readonly OrderCase[],
  symbol: ProductSymbol,
  span: { fromTs: number; toTs: number },
): BotAccount {
  const commissionMicros = toMicros(PRODUCTS[symbol].commission);
  const account: BotAccount = { fills: [], covers: [], untold: 0, offGrid: 0 };
  const take = (side: 'BUY' | 'SELL', executions: readonly Execution[]): void => {
    for (const { ts, quantity, price } of executions) {
      if (ts < span.fromTs || ts >= span.toTs) continue;
      const ticks = toTicks(price);
      if (ticks === undefined) account.offGrid += 1;
      else
        account.fills.push({
          ts,
          quantity: signOf(side) * quantity,
          ticks,
          commissionMicros: commissionMicros * quantity,
        });
    }
  };
  for (const { intent, side, executions, children, filled } of orders) {
    if (intent.kind === 'protection') continue;
    if (filled > 0 && executions.length === 0) account.untold += 1;
    take(side, executions);
    for (const child of children) take(child.side, child.executions);
    account.covers.push(...coversOf(children));
  }
  account.fills.sort((a, b) => a.ts - b.ts);
  return account;
}

/** When a stop was taken away is told only by what filled: it is taken to have worked until then, which favours the bot. */
function coversOf(children: OrderCase['children']): Cover[] {
  const filledTs = children.flatMap((child) => child.executions.map(({ ts }) => ts));
  const toTs = filledTs.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...filledTs);
  return children.flatMap(({ role, workingTs: fromTs, side, quantity }) =>
    role === 'stop' && fromTs !== null && fromTs < toTs ? [{ fromTs, toTs, side, quantity }] : [],
  );
}
