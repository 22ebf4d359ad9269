/** The same seed, market and client messages give the same bytes: a scripted session over sockets, played twice and compared. */
import { describe, expect, it } from 'vitest';
import { syntheticMarket } from '../exchange/synthetic';
import { parseFault } from './fault/spell';
import type { Gateway } from './gateway';
import { MINUTE, TAPE_START, tapeOf } from './testing/market';
import { FIELD, pythonOrder } from './testing/python-client';
import { stage } from './testing/stage';

const { open, raw } = stage();
const CONTRACT = [0, 'ES', 'FUT', '202512', '', '', '', 'CME', '', 'USD', '', ''];
const { action, orderType, lmtPrice, auxPrice, transmit, parentId } = FIELD;

/** All frames of two clients that trade for three minutes. */
async function session(options: Parameters<typeof open>[0]): Promise<string[][]> {
  const gateway: Gateway = await open(options);
  const [trader, watcher] = [await raw(gateway), await raw(gateway)];
  await trader.start(1);
  await watcher.start(2, 'v100..193');
  const frames: string[][] = [];
  const settle = async () => {
    for (const client of [trader, watcher]) {
      client.send(49, 1);
      frames.push(...(await client.until('49')));
    }
  };
  watcher.send(61, 1);
  watcher.send(97, 5, ...CONTRACT, 'AllLast', 0, 0);
  watcher.send(97, 6, ...CONTRACT, 'BidAsk', 0, 0);
  watcher.send(50, 3, 7, ...CONTRACT, 5, 'TRADES', 0, '');
  await settle();
  const price =
    gateway.exchange.quote(gateway.exchange.contracts({ symbol: 'ES' })[0]?.contract.conId ?? 0)?.last ?? 0;
  const child = { [action]: 'SELL', [parentId]: '1' };
  trader.send(...pythonOrder(1, { [action]: 'BUY', [orderType]: 'MKT', [transmit]: '0' }));
  trader.send(
    ...pythonOrder(2, { ...child, [orderType]: 'LMT', [lmtPrice]: `${price + 2}`, [transmit]: '0' }),
  );
  trader.send(...pythonOrder(3, { ...child, [orderType]: 'STP', [auxPrice]: `${price - 2}` }));
  await settle();
  for (let minute = 1; minute <= 3; minute += 1) {
    gateway.advanceTo(TAPE_START + minute * MINUTE);
    trader.send(
      ...pythonOrder(3 + minute, { [action]: 'SELL', [orderType]: 'LMT', [lmtPrice]: `${price + 1}` }),
    );
    await settle();
  }
  trader.send(58, 1);
  trader.send(7, 3, 8, 0, '', '', '', '', '', '');
  trader.send(99, 0);
  await settle();
  return frames;
}

describe('a session played twice', () => {
  const synthetic = { market: syntheticMarket(), run: 1 };

  it('is the same to the byte on a synthetic market', async () => {
    const [once, again] = [await session(synthetic), await session(synthetic)];
    expect(once.length).toBeGreaterThan(100);
    expect(once.filter(([id]) => id === '11').length).toBeGreaterThan(0);
    expect(again).toEqual(once);
  });

  it('is the same to the byte on a tape', async () => {
    const market = tapeOf([6000, 6001, 6000, 6001], [6001, 6003, 6000, 6002], [6002, 6002, 5997, 5998]);
    expect(await session({ market })).toEqual(await session({ market }));
  });

  it('is the same to the byte with faults at times of the market, and another than without', async () => {
    const faults = [
      'duplicateCallbacks 0.5 at 60000 clock=market',
      'lostStatuses 0.5 at 90000 for 60000 clock=market',
    ];
    const spoilt = { ...synthetic, faults: faults.map(parseFault) };
    const [once, again] = [await session(spoilt), await session(spoilt)];
    expect(again).toEqual(once);
    expect(once).not.toEqual(await session(synthetic));
  });

  it('is another one with another seed', async () => {
    expect(await session(synthetic)).not.toEqual(await session({ ...synthetic, seed: 2 }));
  });
});
