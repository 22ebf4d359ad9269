/** When faults begin and end, and that the seed decides all that chance does. */
import { EventName } from '@stoqey/ib';
import { expect, it } from 'vitest';
import { ES } from '../testing/market';
import { stage } from '../testing/stage';
import { buyLimit } from '../testing/tickets';
import { parseFault, spell } from './spell';
import { allHeard, orderWords, spoil } from './testing/drill';

const { open, terminal } = stage();

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
