/** Account values, positions, P&L and past executions. There is one account, whatever account a request names. */
import type { ExecutionFilter as ExchangeFilter } from '../../exchange/words';
import * as answer from '../answer/account';
import { commissionReport, execDetails, execDetailsEnd } from '../answer/execution';
import { errorMessage, managedAccounts } from '../answer/system';
import { accountFeed, pnlFeed, positionFeed, valueFeed } from '../feed/account';
import type { AccountRequest, ExecutionFilter } from '../request/account';
import type { GatewayRules } from '../rules';
import type { Client } from '../session/client';
import { parseWireTime } from '../wire/time';
import type { Handlers } from './desk';

const ACCOUNT = 'account';
const POSITIONS = 'positions';
const accountMulti = (reqId: number) => `account ${reqId}`;
const positionsMulti = (reqId: number) => `positions ${reqId}`;
const summary = (reqId: number | '') => `summary ${reqId}`;
const profit = (reqId: number) => `pnl ${reqId}`;

/** IB's limit of summaries that one client may follow at a time. */
const SUMMARIES_MAX = 2;
const TOO_MANY_SUMMARIES = 'Error processing request. Maximum number of account summary requests exceeded';

/** The tag that asks for every value there is. */
const ALL_TAGS = 'All';

export const accountHandlers: Handlers<AccountRequest['kind']> = {
  reqManagedAccts: ({ exchange }, client) => client.send(managedAccounts(exchange.account)),

  reqAccountUpdates: ({ exchange }, client, { subscribe }) => {
    if (subscribe) client.subscribe(ACCOUNT, accountFeed(exchange));
    else client.cancel(ACCOUNT);
  },

  reqAccountUpdatesMulti: ({ exchange }, client, { reqId, modelCode }) => {
    const feed = valueFeed(exchange, () => true, {
      value: (value) => answer.accountUpdateMulti(reqId, exchange.account, modelCode, value),
      end: () => answer.accountUpdateMultiEnd(reqId),
    });
    client.subscribe(accountMulti(reqId), feed);
  },

  cancelAccountUpdatesMulti: (_desk, client, { reqId }) => void client.cancel(accountMulti(reqId)),

  reqAccountSummary: ({ exchange }, client, { reqId, tags }) => {
    if (!client.has(summary(reqId)) && client.count(summary('')) >= SUMMARIES_MAX) {
      client.send(errorMessage(reqId, 322, TOO_MANY_SUMMARIES));
      return;
    }
    const feed = valueFeed(exchange, (tag) => tags.includes(ALL_TAGS) || tags.includes(tag), {
      value: (value) => answer.accountSummary(reqId, exchange.account, value),
      end: () => answer.accountSummaryEnd(reqId),
    });
    client.subscribe(summary(reqId), feed);
  },

  cancelAccountSummary: (_desk, client, { reqId }) => void client.cancel(summary(reqId)),

  reqPositions: ({ exchange }, client) => {
    client.subscribe(POSITIONS, positionFeed(exchange, { held: answer.position, end: answer.positionEnd }));
  },

  cancelPositions: (_desk, client) => void client.cancel(POSITIONS),

  reqPositionsMulti: ({ exchange }, client, { reqId, modelCode }) => {
    const feed = positionFeed(exchange, {
      held: (position) => answer.positionMulti(reqId, position, modelCode),
      end: () => answer.positionMultiEnd(reqId),
    });
    client.subscribe(positionsMulti(reqId), feed);
  },

  cancelPositionsMulti: (_desk, client, { reqId }) => void client.cancel(positionsMulti(reqId)),

  reqPnL: ({ exchange }, client, { reqId }) => {
    client.subscribe(
      profit(reqId),
      pnlFeed(() => answer.pnl(reqId, exchange.pnl())),
    );
  },

  cancelPnL: (_desk, client, { reqId }) => void client.cancel(profit(reqId)),

  /** A conId that does not exist gets no answer, as at IB. */
  reqPnLSingle: ({ exchange }, client, { reqId, conId }) => {
    if (conId === 0 || exchange.contracts({ conId }).length === 0) return;
    client.subscribe(
      profit(reqId),
      pnlFeed(() => answer.pnlSingle(reqId, exchange.position(conId))),
    );
  },

  cancelPnLSingle: (_desk, client, { reqId }) => void client.cancel(profit(reqId)),

  reqExecutions: ({ exchange, rules }, client, { reqId, filter }) => {
    const wanted = exchangeFilter(filter, client, rules);
    if (!wanted) {
      client.send(errorMessage(reqId, 321, `Error validating request. "${filter.time}" is not a time`));
      return;
    }
    for (const { execution, commissionReport: report } of exchange.executions(wanted)) {
      if (!fits(filter.secType, execution.contract.secType)) continue;
      if (!fits(filter.exchange, execution.contract.exchange)) continue;
      client.send(execDetails(reqId, execution, client.version), commissionReport(report));
    }
    client.send(execDetailsEnd(reqId));
  },
};

/** A client gets its own fills (client 0: those of orders placed by hand too), the master gets everybody's (ib-protocol 3.8). */
function exchangeFilter(
  filter: ExecutionFilter,
  client: Client,
  rules: GatewayRules,
): ExchangeFilter | undefined {
  const sinceTs = filter.time === '' ? 0 : parseWireTime(filter.time);
  if (sinceTs === undefined) return undefined;
  const seesAll = rules.executionsOf === 'all' || client.id === rules.masterClientId;
  const asked = filter.clientId === 0 ? undefined : filter.clientId;
  const clientId = seesAll ? asked : client.id;
  return {
    sinceTs,
    ...(clientId === undefined ? {} : { clientId }),
    ...(filter.symbol === '' ? {} : { symbol: filter.symbol }),
    ...sideOf(filter.side),
  };
}

function sideOf(side: string): Pick<ExchangeFilter, 'side'> {
  if (side === 'BUY' || side === 'BOT') return { side: 'BUY' };
  if (side === 'SELL' || side === 'SLD') return { side: 'SELL' };
  return {};
}

function fits(asked: string, actual: string): boolean {
  return asked === '' || asked === actual;
}
