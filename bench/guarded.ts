/** Ours: signal accepted, guards, advisor, journal durable, three order frames at the other end of the socket. */
import { priceOf } from '../server/engine/model/money';
import { isLive } from '../server/engine/model/order';
import { takeSeat } from './desk';
import { type Stage, until } from './stage';

/** @returns ms from the accepted signal to the third order frame, one sample a bracket. */
export async function measureGuarded(stage: Stage, samples: number, pauseMs: number): Promise<number[]> {
  const seat = await takeSeat({ port: stage.tapPort, clientId: 21 });
  const price = (ticks: number) => priceOf(ticks, 0.25);
  const taken: number[] = [];
  for (let n = 0; n < samples; n++) {
    await until(() => !Object.values(seat.loop.state.orders).some(isLive), 'The cancel of the last bracket');
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    const entry = seat.mark('ES') - 300;
    const arrived = stage.orders(3);
    const startedNs = process.hrtime.bigint();
    await seat.signal({
      symbol: 'ES',
      orderType: 'LMT',
      entryPrice: price(entry),
      stopPrice: price(entry - 20),
      targetPrice: price(entry + 40),
    });
    const last = (await arrived).at(-1) ?? startedNs;
    taken.push(Number(last - startedNs) / 1e6);
    await seat.press({ kind: 'CancelEntries', scope: '*', reason: 'bench' });
  }
  await seat.leave();
  return taken;
}
