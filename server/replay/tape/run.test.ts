import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTING } from '../judge/setting';
import { InputError } from '../model/input-error';
import type { OrderCase } from '../model/order-case';
import { orderCase, PLACED_TS, soundOrder } from '../testing/orders';
import { temporaryFile } from '../testing/orders-db';
import { runTape, TapeReplay } from './run';
import { readTape } from './tape-file';

const START = Date.UTC(2025, 11, 12, 14, 50);
const MINUTE = 60_000;

/** Minutes from 14:50 UTC that open where the last one closed, in points, as a gzipped file. */
function tapeThrough(first: number, ...closes: number[]) {
  let open = first;
  const rows = closes.map((close, minute) => {
    const row = [
      new Date(START + minute * MINUTE).toISOString(),
      open,
      Math.max(open, close),
      Math.min(open, close),
      close,
      5_000,
    ];
    open = close;
    return row.join(',');
  });
  const name = temporaryFile('tape.csv.gz');
  writeFileSync(name, gzipSync(['timestamp,open,high,low,close,volume', ...rows, ''].join('\n')));
  return { name, tape: readTape(name) };
}

const FALL = [6890.5, 6890.5, 6890.5, 6890.5, 6888, 6884, 6880, 6870];
const filled = (order: OrderCase, price: number, ms = 500): OrderCase => ({
  ...order,
  filled: order.quantity,
  executions: [{ ts: order.ts + ms, quantity: order.quantity, price }],
});
/** What the bot did on 12 December: in without a stop, out 34 points lower; here within minutes. */
const BARE = filled(orderCase({ advice: null }), 6890.5);
const OUT = filled(
  orderCase({
    orderId: 15_638,
    ts: PLACED_TS + 4 * MINUTE,
    action: 'SELL',
    side: 'SELL',
    advice: null,
    signal: null,
  }),
  6870,
);

describe('the counterfactual of a day', () => {
  it('does nothing where the guards refuse everything, beside the loss that the bot made', () => {
    const replay = runTape([BARE, OUT], DEFAULT_SETTING, tapeThrough(6890.5, ...FALL));
    expect(replay.guarded).toMatchObject({ netMicros: 0, fills: 0, bareMs: 0, worstBareMinute: null });
    expect(replay.bot).toMatchObject({
      netMicros: -1_029_500_000,
      fills: 2,
      commissionMicros: 4_500_000,
      bareMs: 4 * MINUTE,
      longestBareMs: 4 * MINUTE,
      left: 0,
    });
    expect(replay.decisions.map(({ orderId, did, why }) => [orderId, did, why])).toEqual([
      [14_812, 'nothing', 'MISSING_PROTECTION'],
      [15_638, 'nothing', 'MISSING_PROTECTION'],
    ]);
    expect(TapeReplay.parse(JSON.parse(JSON.stringify(replay)))).toEqual(replay);
  });

  it('lets a sound entry trade with its stop, and refuses the next while the loss is fresh', () => {
    const first = filled(soundOrder(), 6890.5);
    const again = soundOrder({
      orderId: 14_900,
      ts: PLACED_TS + 3 * MINUTE,
      asked: { entryPrice: 6880, stopPrice: 6875, targetPrice: 6890, protection: 'known' },
      signal: null,
    });
    const { guarded, decisions } = runTape([first, again], DEFAULT_SETTING, tapeThrough(6890.5, ...FALL));
    expect(guarded.fills).toBe(2);
    expect(guarded.netMicros).toBeLessThan(-240_000_000);
    expect(guarded.bareMs).toBe(0);
    expect(decisions.map(({ did, why }) => [did, why])).toEqual([
      ['enter', ''],
      ['nothing', 'COOLDOWN'],
    ]);
  });

  it('closes what the guarded account holds by an order against it, without asking a guard', () => {
    const entry = filled(soundOrder(), 6890.5);
    const close = orderCase({
      orderId: 14_950,
      ts: PLACED_TS + 90_000,
      action: 'SELL',
      side: 'SELL',
      quantity: 9,
    });
    const { guarded, decisions } = runTape(
      [entry, close],
      DEFAULT_SETTING,
      tapeThrough(6890.5, 6890.5, 6890.5, 6890.5, 6889.5, 6891, 6892, 6893),
    );
    expect(decisions.map(({ did }) => did)).toEqual(['enter', 'exit']);
    expect(guarded).toMatchObject({ fills: 2, left: 0 });
  });

  it('is refused for orders of two instruments, for none on the tape, and for a tape that is none', () => {
    const tape = tapeThrough(6890.5, ...FALL);
    const run = (orders: OrderCase[]) => () => runTape(orders, DEFAULT_SETTING, tape);
    expect(run([BARE, orderCase({ symbol: 'MES' })])).toThrow('A tape is of one instrument');
    expect(run([orderCase({ ts: START - MINUTE })])).toThrow('No order lies within the tape');
    const none = temporaryFile('none.csv');
    expect(() => readTape(none)).toThrow(InputError);
    writeFileSync(none, 'timestamp,open,high,low,close,volume\n2025-12-12T14:50:00.000Z,1,1,1,1.1,5\n');
    expect(() => readTape(none)).toThrow(/row 2: .* off the tick grid/);
  });
});
