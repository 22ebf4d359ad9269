/** The account as clients see it: positions, values, P&L, each as a first picture and then as news. */
import { EventName } from '@stoqey/ib';
import { describe, expect, it } from 'vitest';
import { ES, MINUTE, TAPE_START, tapeOf } from './testing/market';
import { stage } from './testing/stage';
import { numberIn } from './testing/terminal';
import { buyMarket, sellMarket } from './testing/tickets';

const { open, terminal } = stage();
const ACCOUNT = 'DU1234567';

describe('positions', () => {
  it('are listed once, then told to every subscriber as they change, without an exchange', async () => {
    const gateway = await open();
    const [trader, watcher] = [await terminal(gateway, 1), await terminal(gateway, 2)];
    watcher.api.reqPositions();
    await watcher.hears(EventName.positionEnd);
    trader.api.placeOrder(1, ES, buyMarket({ totalQuantity: 2 }));
    const [, account, contract, size, avgCost] = await watcher.hears(EventName.position);
    expect([account, size, avgCost]).toEqual([ACCOUNT, 2, 6000.25 * 50 + 2.25]);
    expect(contract).toMatchObject({ localSymbol: 'ESZ5', exchange: '', multiplier: 50 });
    trader.api.placeOrder(2, ES, sellMarket({ totalQuantity: 2 }));
    await watcher.hears(EventName.position, ACCOUNT, undefined, 0);
  });

  it('are told no more after a cancel', async () => {
    const gateway = await open();
    const client = await terminal(gateway, 1);
    client.api.reqPositions();
    client.api.cancelPositions();
    client.api.placeOrder(1, ES, buyMarket());
    await client.hears(EventName.commissionReport);
    client.api.reqCurrentTime();
    await client.hears(EventName.currentTime);
    expect(client.all(EventName.position)).toEqual([]);
  });

  it('come under a request id as well', async () => {
    const client = await terminal(await open(), 1);
    client.api.placeOrder(1, ES, buyMarket());
    client.api.reqPositionsMulti(8, ACCOUNT, '');
    await client.hears(EventName.positionMultiEnd, 8);
    expect(client.all(EventName.positionMulti)).toMatchObject([
      [8, ACCOUNT, '', { localSymbol: 'ESZ5' }, 1, 6000.25 * 50 + 2.25],
    ]);
  });
});

describe('account values', () => {
  it('come with the portfolio, the time and an end mark, and again after a fill', async () => {
    const client = await terminal(await open(), 1);
    client.api.reqAccountUpdates(true, ACCOUNT);
    await client.hears(EventName.accountDownloadEnd, ACCOUNT);
    await client.hears(EventName.updateAccountValue, 'NetLiquidation', '100000.00', 'USD', ACCOUNT);
    await client.hears(EventName.updateAccountTime, '08:45');
    client.api.placeOrder(1, ES, buyMarket());
    const [, contract, size] = await client.hears(EventName.updatePortfolio);
    expect([contract, size]).toMatchObject([{ localSymbol: 'ESZ5' }, 1]);
    client.api.placeOrder(2, ES, sellMarket());
    await client.hears(EventName.updatePortfolio, undefined, 0);
    const cost = 0.25 * 50 + 2 * 2.25;
    await client.hears(EventName.updateAccountValue, 'RealizedPnL', (-cost).toFixed(2), 'USD');
    expect(client.all(EventName.accountDownloadEnd)).toHaveLength(1);
  });

  it('in a summary are the tags that were asked for', async () => {
    const client = await terminal(await open(), 1);
    client.api.reqAccountSummary(3, 'All', 'NetLiquidation,BuyingPower,Nonsense');
    await client.hears(EventName.accountSummaryEnd, 3);
    const tags = client.all(EventName.accountSummary).map(([, , tag]) => tag);
    expect(tags.sort()).toEqual(['BuyingPower', 'NetLiquidation']);
  });
});

describe('P&L', () => {
  it('of the account and of one contract follows the market once a second', async () => {
    const market = tapeOf([6000, 6000, 6000, 6000], [6000, 6012, 6000, 6012]);
    const gateway = await open({ market });
    const client = await terminal(gateway, 1);
    client.api.placeOrder(1, ES, buyMarket());
    const [, , contract] = await client.hears(EventName.execDetails, -1);
    client.api.reqPnL(5, ACCOUNT, '');
    client.api.reqPnLSingle(6, ACCOUNT, '', numberIn(contract, 'conId'));
    await client.hears(EventName.pnlSingle, 6);
    gateway.advanceTo(TAPE_START + 2 * MINUTE);
    const unrealized = (6012 - 6000.25) * 50 - 2.25;
    await client.hears(EventName.pnl, 5, unrealized, unrealized, 0);
    await client.hears(EventName.pnlSingle, 6, 1, unrealized, unrealized, 0, 6012 * 50);
  });

  it('of a contract that was closed today still says what it made', async () => {
    const gateway = await open();
    const client = await terminal(gateway, 1);
    client.api.placeOrder(1, ES, buyMarket());
    client.api.placeOrder(2, ES, sellMarket());
    await client.hears(EventName.orderStatus, 2, 'Filled');
    const [, , contract] = await client.hears(EventName.execDetails, -1);
    client.api.reqPnLSingle(6, ACCOUNT, '', numberIn(contract, 'conId'));
    const lost = -(0.25 * 50 + 2 * 2.25);
    await client.hears(EventName.pnlSingle, 6, 0, lost, 0, lost, 0);
  });

  it('of a contract that does not exist is never answered', async () => {
    const client = await terminal(await open(), 1);
    client.api.reqPnLSingle(6, ACCOUNT, '', 42);
    client.api.reqCurrentTime();
    await client.hears(EventName.currentTime);
    expect([...client.all(EventName.pnlSingle), ...client.all(EventName.error)]).toEqual([]);
  });
});
