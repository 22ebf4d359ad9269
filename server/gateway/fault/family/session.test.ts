/** A start that goes wrong: the id is in use, the next valid id is too low, the account is another, the clock is off. */
import { EventName } from '@stoqey/ib';
import { expect, it } from 'vitest';
import { ES, TAPE_START } from '../../testing/market';
import { stage } from '../../testing/stage';
import { buyLimit } from '../../testing/tickets';
import { allHeard, spoil } from '../testing/drill';

const { open, terminal, raw } = stage();

it('a client id in use: 326, then the connection is closed', async () => {
  const gateway = await open();
  spoil(gateway, 'clientIdInUse');
  const client = await raw(gateway);
  client.offer('v157..178');
  await client.next();
  client.send(71, 2, 1, '');
  expect((await client.next())?.slice(0, 4)).toEqual(['4', '2', '-1', '326']);
  expect(await client.next()).toBeUndefined();
});

it('a next valid id that was given away before', async () => {
  const gateway = await open();
  const before = await terminal(gateway, 1);
  before.api.placeOrder(7, ES, buyLimit(5990));
  await before.hears(EventName.orderStatus, 7, 'Submitted');
  before.close();
  await before.hears(EventName.disconnected);
  spoil(gateway, 'lowNextValidId 3');
  const after = await terminal(gateway, 1);
  expect(after.all(EventName.nextValidId)).toEqual([[5]]);
});

it('another account', async () => {
  const gateway = await open();
  spoil(gateway, 'otherAccount DU7777777');
  const client = await terminal(gateway, 1);
  expect(client.all(EventName.managedAccounts)).toEqual([['DU7777777']]);
});

it('a clock that is behind', async () => {
  const gateway = await open();
  spoil(gateway, 'clockSkew -90000');
  const client = await terminal(gateway, 1);
  await allHeard(client);
  expect(client.all(EventName.currentTime)).toEqual([[Math.floor(TAPE_START / 1000) - 90]]);
});

it('reject JSON that does not parse', async () => {
  const gateway = await open();
  spoil(gateway, 'badRejectJson');
  const client = await raw(gateway);
  await client.start(1);
  client.send(4, 1, 99, '');
  expect((await client.until('4', '2', '99')).at(-1)?.at(-1)).toBe('{"reject":');
});
