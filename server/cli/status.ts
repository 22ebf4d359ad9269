/** `interlock status`: what an operator must know first, from one snapshot of the worker. */
import { rulesText } from '../engine/model/exit-rules';
import { moneyText, priceText } from '../engine/view/plain';
import type { FlattenView, View, WorkerView } from '../engine/view/words';
import type { Desk, Outcome } from './outcome';
import { exchangeTime, sections, table } from './text';
import { withWorker } from './worker';

export function status(desk: Desk): Promise<Outcome> {
  return withWorker(desk, async (link) => {
    const { view, worker } = await link.snapshot();
    return { code: 0, text: statusText(view, worker), data: { view, worker } };
  });
}

export function statusText(view: View, worker: WorkerView): string {
  return sections([
    ['', headline(view, worker)],
    ['Positions', positions(view)],
    ['Orders at the broker', orders(view)],
    ['Orders of others', foreignOrders(view)],
    ['Waiting for a person', [orphans(view), proposals(view)].filter(Boolean).join('\n\n')],
    [
      'Not in order',
      view.health
        .filter(({ ok }) => !ok)
        .map(({ name, detail }) => `${name}: ${detail}`)
        .join('\n'),
    ],
  ]);
}

function headline(
  { venue, mode, symbolModes, protection, day, ts, flatten, journal }: View,
  worker: WorkerView,
): string {
  const { phase, detail, account, paper, reconciled } = venue;
  const since = `since ${exchangeTime(mode.since)} by ${mode.by}: ${mode.why}`;
  const rows = [
    [paper ? 'PAPER' : 'LIVE', `${account ?? 'no account yet'}, ${phase}${detail ? ` (${detail})` : ''}`],
    ['Trading', mode.mode === 'Active' ? 'Active' : `${mode.mode} ${since}`],
    ...Object.entries(symbolModes).map(([symbol, own]) => [`  ${symbol}`, `${own.mode}: ${own.why}`]),
    ['Broker', reconciled ? 'reconciled' : 'NOT RECONCILED: no entries'],
    ['Protection', `${protection.state}${protection.detail ? `: ${protection.detail}` : ''}`],
    [
      'Today',
      `${moneyText(day.realizedMicros)} realized, ${moneyText(day.openMicros)} open, ${day.entries} entries`,
    ],
    [
      'Exchange time',
      `${exchangeTime(ts)} US/Central${worker.speed === 1 ? '' : `, at ${worker.speed} times its speed`}`,
    ],
    ...(journal.phase === 'writing' ? [] : [['JOURNAL', `NOTHING IS WRITTEN: ${journal.why}`]]),
    ...(flatten === null ? [] : [['Flatten', flattenText(flatten)]]),
  ];
  const [first = [], ...rest] = rows;
  return table(first, rest);
}

function flattenText({ phase, detail, notFlat }: FlattenView): string {
  return notFlat === null ? `${phase}: ${detail}` : `NOT FLAT, ${phase}: ${notFlat.detail}`;
}

function positions(view: View): string {
  return table(
    ['cycle', 'contract', 'held', 'average', 'last', 'open', 'protection', 'rules'],
    view.positions.map((held) => [
      held.cycleId,
      held.localSymbol,
      signed(held.quantity),
      priceText(held.average),
      price(held.last),
      held.openMicros === null ? '-' : moneyText(held.openMicros),
      `${held.protection.state}: ${held.protection.detail}`,
      rulesText(held.rules),
    ]),
    [2, 3, 4, 5],
  );
}

function orders(view: View): string {
  return table(
    ['order', 'side', 'open', 'type', 'limit', 'trigger', 'status', ''],
    view.brackets
      .flatMap((bracket) => bracket.orders)
      .map((order) => [
        order.ref,
        order.side,
        String(order.quantity - order.filled),
        order.type,
        price(order.limit),
        price(order.trigger),
        order.brokerStatus ?? order.phase,
        order.plain,
      ]),
    [2, 4, 5],
  );
}

function foreignOrders(view: View): string {
  return table(
    ['permId', 'client', 'side', 'open', 'contract', 'type', 'limit', 'trigger', 'status', ''],
    view.foreignOrders.map((order) => [
      String(order.permId),
      String(order.clientId),
      order.side,
      String(order.quantity),
      order.localSymbol,
      order.type,
      price(order.limit),
      price(order.trigger),
      order.status,
      order.closes ? 'A SECOND CLOSER beside our stop' : '',
    ]),
    [0, 1, 3, 6, 7],
  );
}

function orphans(view: View): string {
  return table(
    ['orphan', 'contract', 'held', 'average', 'protection', 'adopt, flatten or ignore?'],
    view.positions
      .filter((held) => held.orphan?.decision === 'undecided')
      .map((held) => [
        held.cycleId,
        held.localSymbol,
        signed(held.quantity),
        priceText(held.average),
        `${held.protection.state}: ${held.protection.detail}`,
        `interlock orphan ${held.cycleId} <choice> --reason ...`,
      ]),
    [2, 3],
  );
}

function proposals(view: View): string {
  return table(
    ['proposal', 'side', 'contracts', 'contract', 'entry', 'stop', 'target', 'advice'],
    view.proposals.map((proposal) => [
      proposal.proposalId,
      proposal.side,
      String(proposal.quantity),
      proposal.localSymbol,
      priceText(proposal.entry),
      priceText(proposal.stop),
      priceText(proposal.target),
      proposal.phase,
    ]),
    [2, 4, 5, 6],
  );
}

function price(value: number | null): string {
  return value === null ? '-' : priceText(value);
}

function signed(quantity: number): string {
  return quantity > 0 ? `+${quantity}` : String(quantity);
}
