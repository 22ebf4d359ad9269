/** When faults begin and end, and that the seed decides all that chance does. */
import { EventName } from '@stoqey/ib';
import { describe, expect, it } from 'vitest';
import type { Gateway } from '../gateway';
import { ES, MINUTE, TAPE_START, tapeOf } from '../testing/market';
import { stage } from '../testing/stage';
import { buyLimit } from '../testing/tickets';
import { parseFault, spell } from './spell';
import { allHeard, orderWords, spoil } from './testing/drill';

const { open, terminal } = stage();
const FOUR_MINUTES = Array.from({ length: 4 }, () => [6000, 6002, 5998, 6000] as const);

it('the times of a plan count from the first client that is ready', async () => {
  const gateway = await open({ faults: [parseFault('dropTcp'), parseFault('otherAccount for 60000')] });
  expect(gateway.faults.standing()).toMatchObject([{ fault: { kind: 'otherAccount' } }]);
  const client = await terminal(gateway, 1);
  expect(client.all(EventName.managedAccounts)).toEqual([['DU7654321']]);
  await client.hears(EventName.disconnected);
  await allHeard(await terminal(gateway, 2));
});

it('a fault ends by itself when its time is up', async () => {
  const gateway = await open();
  const client = await terminal(gateway, 1);
  spoil(gateway, 'farmsBroken for 20');
  await client.hears(EventName.info, undefined, 2103);
  expect(gateway.faults.standing()).toMatchObject([{ id: 1, leftMs: expect.any(Number) }]);
  client.forget();
  await client.hears(EventName.info, undefined, 2106);
  expect(gateway.faults.standing()).toEqual([]);
});

it('what is not on cannot be lifted', async () => {
  const gateway = await open();
  const id = spoil(gateway, 'stall');
  expect([gateway.faults.lift(id), gateway.faults.lift(id)]).toEqual([true, false]);
});

it('a fault at work is shown in the words in which it was typed', async () => {
  const gateway = await open();
  spoil(gateway, 'lostStatuses 0.5 client=3');
  expect(gateway.faults.standing().map(({ fault }) => spell(fault))).toEqual([
    'lostStatuses share=0.5 client=3',
  ]);
});

it('chance comes from the seed alone', async () => {
  const wordsOf = async (seed: number) => {
    const gateway = await open({ seed });
    const client = await terminal(gateway, 1);
    spoil(gateway, 'lostStatuses 0.5', 'duplicateCallbacks 0.5');
    for (let id = 1; id <= 12; id += 1) client.api.placeOrder(id, ES, buyLimit(5990));
    await allHeard(client);
    return orderWords(client);
  };
  const first = await wordsOf(5);
  expect(await wordsOf(5)).toEqual(first);
  expect(await wordsOf(6)).not.toEqual(first);
});

describe('a fault with a time of the market', () => {
  const standingIn = (gateway: Gateway) =>
    gateway.faults.standing().map(({ fault, leftMs }) => [fault.kind, leftMs]);

  it('comes and goes at that time, however the market gets there', async () => {
    const faults = [parseFault('frozenQuotes at 60000 for 30000 clock=market')];
    const gateway = await open({ faults });
    await terminal(gateway, 1);
    const begun = gateway.exchange.now;
    gateway.advanceTo(begun + 59_999);
    expect(standingIn(gateway)).toEqual([]);
    gateway.advanceTo(begun + 60_000);
    expect(standingIn(gateway)).toEqual([['frozenQuotes', 30_000]]);
    gateway.advanceTo(begun + 89_999);
    expect(standingIn(gateway)).toEqual([['frozenQuotes', 1]]);
    gateway.advanceTo(begun + 90_000);
    expect(standingIn(gateway)).toEqual([]);
  });

  it('may be a time of day, whoever is connected', async () => {
    const at = new Date(TAPE_START + MINUTE).toISOString();
    const gateway = await open({ faults: [parseFault(`stall at ${at} for 1000`)] });
    gateway.advanceTo(TAPE_START + MINUTE - 1);
    expect(standingIn(gateway)).toEqual([]);
    gateway.advanceTo(TAPE_START + MINUTE);
    expect(standingIn(gateway)).toEqual([['stall', 1000]]);
  });

  it('happens between the trades that are before it and those that are after it, when time is jumped over', async () => {
    const gateway = await open({
      faults: [parseFault('frozenQuotes at 61000 for 60000 clock=market')],
      market: tapeOf(...FOUR_MINUTES),
    });
    const client = await terminal(gateway, 1);
    client.api.reqTickByTickData(5, ES, 'AllLast' as never, 0, false);
    await allHeard(client);
    gateway.advanceTo(TAPE_START + 4 * MINUTE);
    await allHeard(client);
    const heard = client
      .all(EventName.tickByTickAllLast)
      .map(([, , time]) => Number(time) * 1000 - TAPE_START);
    expect(heard.filter((ms) => ms <= MINUTE).length).toBeGreaterThan(0);
    expect(heard.filter((ms) => ms > MINUTE + 1000 && ms < 2 * MINUTE + 1000)).toEqual([]);
    expect(heard.filter((ms) => ms > 2 * MINUTE + 1000).length).toBeGreaterThan(0);
  });

  it('waits while the market is paused, and comes with the step that reaches it', async () => {
    const gateway = await open({
      speed: 10_000,
      faults: [parseFault('stall at 3600000 for 1000 clock=market')],
    });
    await terminal(gateway, 1);
    gateway.tempo.pause();
    const begun = gateway.exchange.now;
    gateway.tempo.step(1_000);
    expect([gateway.exchange.now - begun, standingIn(gateway)]).toEqual([1_000, []]);
    gateway.tempo.step(3_600_000);
    expect(standingIn(gateway)).toEqual([]);
    gateway.faults.schedule(parseFault('stall for 500 clock=market'));
    gateway.tempo.step(499);
    expect(standingIn(gateway)).toEqual([['stall', 1]]);
    gateway.tempo.step(1);
    expect(standingIn(gateway)).toEqual([]);
  });
});
