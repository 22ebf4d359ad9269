/** What the broker, its gateway and the market do. */
import type { Doing } from './stage';

type Does =
  | 'brokerCancels'
  | 'weather'
  | 'refuse'
  | 'jump'
  | 'freeze'
  | 'takeQuotes'
  | 'unreadable'
  | 'dropLine'
  | 'gatewayDown'
  | 'deaf'
  | 'upstream'
  | 'replayOpenOrders'
  | 'correct';

export const brokerDoes: Doing<Does> = {
  brokerCancels: ({ truth, gateway, count }, { role }) => {
    const order = truth.live().find(({ orderRef }) => orderRef.includes(`:${role}`));
    if (!order) return;
    count(`brokerCancels:${role}`);
    gateway.at((exchange) => exchange.cancelOrder(order.clientId, order.orderId));
  },
  weather: ({ gateway }, { set, forMs }) => gateway.spoil(set, forMs),
  refuse: ({ gateway }, { refusal }) => void gateway.refusals.push(refusal),
  jump: ({ market }, { ticks }) => market.jump(ticks),
  freeze: ({ gateway, market, schedule, count }, { forMs }) => {
    count('frozenPrice');
    gateway.catchUp();
    market.freeze(schedule.now + forMs);
    gateway.catchUp();
  },
  takeQuotes: ({ gateway, schedule, count }, { forMs }) => {
    count('quotesTaken');
    gateway.news.takeQuotes();
    schedule.after(forMs, () => gateway.news.giveQuotesBack());
  },
  unreadable: ({ gateway, count }) => {
    count('unreadable');
    gateway.news.garbleNextExecution();
  },
  dropLine: ({ gateway, count }) => {
    count('dropLine');
    gateway.dropClients();
  },
  gatewayDown: ({ gateway, count }, { forMs, rollback }) => {
    count('gatewayDown');
    gateway.goDown(forMs, rollback);
  },
  deaf: ({ gateway, count }, { forMs }) => {
    count('deaf');
    gateway.goDeaf(forMs);
  },
  upstream: ({ gateway, schedule, count }, { forMs, code }) => {
    count(`upstream:${code}`);
    gateway.loseUpstream();
    schedule.after(forMs, () => gateway.restoreUpstream(code));
  },
  replayOpenOrders: ({ gateway, count }) => {
    count('openOrdersReplayed');
    gateway.replayOpenOrders();
  },
  correct: ({ gateway }, { ticks }) => gateway.news.correctLast(ticks),
};
