/**
 * A paper gateway with as many futures as are wanted. The exchange model knows four products; here others borrow the terms of the MES,
 * and each trades once a second around one price.
 */
import { frontContract, PRODUCTS } from '../server/exchange/contracts';
import type { Market, MarketMaker } from '../server/exchange/market';
import { STANDARD_COMMISSIONS } from '../server/exchange/options';
import { alwaysOpenCalendar } from '../server/exchange/sessions';
import type { Contract, ProductSymbol } from '../server/exchange/words';
import { startGateway } from '../server/gateway/gateway';
import { FIRST_CON_ID, rootsOf } from './roots';

const LAST = 27_400;
const PERIOD_MS = 1_000;

function lend(root: string): ProductSymbol {
  const symbol = root as ProductSymbol;
  Object.assign(PRODUCTS, { [symbol]: { ...PRODUCTS.MES, symbol } });
  Object.assign(STANDARD_COMMISSIONS, { [symbol]: STANDARD_COMMISSIONS.MES });
  return symbol;
}

const futures =
  (roots: readonly string[]): MarketMaker =>
  ({ startTs }): Market => {
    const listed = roots.map((root, n): Contract => {
      const symbol = lend(root);
      const front = frontContract('MES', startTs);
      const month = front.localSymbol.slice('MES'.length);
      return {
        ...front,
        symbol,
        conId: FIRST_CON_ID + n,
        localSymbol: `${root}${month}`,
        tradingClass: root,
      };
    });
    let moves = 0;
    const tsOf = (move: number) => startTs + Math.floor((move * PERIOD_MS) / listed.length);
    return {
      description: `${listed.length} futures for a measurement`,
      listed,
      calendar: alwaysOpenCalendar(),
      history: () => [],
      nextTs: () => tsOf(moves),
      next: () => {
        const { conId } = listed[moves % listed.length] as Contract;
        const ts = tsOf(moves);
        moves += 1;
        const last = LAST + (Math.floor(moves / listed.length) % 2);
        const touch = { last, lastSize: 1, bid: last - 1, ask: last + 1, bidSize: 50, askSize: 50 };
        return { kind: 'trade', ts, conId, ...touch, volume: moves };
      },
    };
  };

const [count = '1'] = process.argv.slice(2);
const gateway = await startGateway({ port: 0, market: futures(rootsOf(Number(count))), startTs: Date.now() });
console.log(JSON.stringify({ port: gateway.port, msg: 'listening' }));
process.on('disconnect', () => process.exit(0));
