/** Feeds about the account: positions, values and portfolio, summary, P&L. Each begins with the whole picture. */
import type { Exchange } from '../../exchange/exchange';
import type { ExchangeEvent, Position } from '../../exchange/words';
import * as answer from '../answer/account';
import type { Message } from '../wire/frame';
import { ACCOUNT_REFRESH_MS, type Feed, SECOND_MS } from './feed';

/** The picture once, its end mark, then each change of a position. */
export function positionFeed(
  exchange: Exchange,
  say: { held: (position: Position) => Message; end: () => Message },
): Feed {
  return {
    periodMs: ACCOUNT_REFRESH_MS,
    open: () => [...exchange.positions().map(say.held), say.end()],
    on: (event) => (event.kind === 'position' ? [say.held(event.position)] : []),
    poll: () => [],
  };
}

/** Account values and portfolio of reqAccountUpdates: again after each change of a position, and every three minutes. */
export function accountFeed(exchange: Exchange): Feed {
  const picture = () => [
    ...values(exchange).map((value) => answer.updateAccountValue(exchange.account, value)),
    ...exchange.positions().map(answer.updatePortfolio),
    answer.updateAccountTime(exchange.now),
  ];
  return {
    periodMs: ACCOUNT_REFRESH_MS,
    open: () => [...picture(), answer.accountDownloadEnd(exchange.account)],
    on: (event) => (event.kind === 'position' ? [...flattened(event.position), ...picture()] : []),
    poll: picture,
  };
}

/** Tagged values under a request id: reqAccountSummary and reqAccountUpdatesMulti. */
export function valueFeed(
  exchange: Exchange,
  wanted: (tag: string) => boolean,
  say: { value: (value: answer.AccountValue) => Message; end: () => Message },
): Feed {
  const picture = () =>
    values(exchange)
      .filter(({ tag }) => wanted(tag))
      .map(say.value);
  return {
    periodMs: ACCOUNT_REFRESH_MS,
    open: () => [...picture(), say.end()],
    on: whenPositionChanges(picture),
    poll: picture,
  };
}

/** P&L of the account, or of one contract, once a second. */
export function pnlFeed(report: () => Message): Feed {
  return { periodMs: SECOND_MS, open: () => [report()], on: () => [], poll: () => [report()] };
}

/** The picture lists what is held; that a position was closed has to be said once. */
function flattened(position: Position): Message[] {
  return position.position === 0 ? [answer.updatePortfolio(position)] : [];
}

function values(exchange: Exchange): answer.AccountValue[] {
  return answer.accountValues(exchange.accountValues());
}

function whenPositionChanges(say: () => Message[]): Feed['on'] {
  return (event: ExchangeEvent) => (event.kind === 'position' ? say() : []);
}
