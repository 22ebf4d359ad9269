/**
 * I11, I13, I15: at the instant at which an entry is sent every gate stands open, read from the journal and our own calendar, not from the
 * guards: mode Active, connected, reconciled, GO or a recorded override, quote fresh and sane, limits kept, market open. No order but
 * protection goes to a closed market.
 */
import type { JournalEntry } from '../../engine/model/step';
import { globexCalendar } from '../../exchange/sessions';
import type { Watcher, World } from '../world';
import { Known } from './known';
import { reading } from './reading';

const calendar = globexCalendar();

interface Verdicts {
  /** By proposal, in host time: when it was asked, when a GO came in time, and when a WAIT was lifted. */
  readonly asked: Map<string, number>;
  readonly go: Map<string, number>;
  readonly lifted: Map<string, number>;
  readonly digests: Map<string, string>;
  readonly confidence: Map<string, number>;
}

export function gatesStandOpen(): Watcher {
  let known = new Known();
  let verdicts = fresh();
  const read = reading({
    restored: () => {
      known = new Known();
      verdicts = fresh();
    },
    entry: (entry, world) => {
      known.take(entry);
      hear(verdicts, entry, world);
      for (const quote of entry.quotes) sane(world, quote.lastTicks, quote.bidTicks, quote.askTicks);
      for (const command of entry.commands) {
        if (command.type === 'PlaceBracket') judge(world, known, verdicts, entry, command.entry);
        if (command.type === 'PlaceOrder' && command.order.tif !== 'GTC' && !calendar.isOpen(entry.ts))
          world.violate('I15', `${command.order.ref} goes to a closed market.`);
      }
    },
  });
  return { stepped: read };
}

function fresh(): Verdicts {
  return { asked: new Map(), go: new Map(), lifted: new Map(), digests: new Map(), confidence: new Map() };
}

function hear(verdicts: Verdicts, { event, facts, hostMs }: JournalEntry, world: World): void {
  const { limits } = world;
  if (event.type === 'AdvisorAnswered') {
    const asked = verdicts.asked.get(event.proposalId) ?? Number.NEGATIVE_INFINITY;
    const inTime = hostMs - asked <= limits.advisorDeadlineMs;
    if (event.answer.verdict === 'GO' && inTime) verdicts.go.set(event.proposalId, hostMs);
  }
  if (event.type === 'OperatorCommanded' && event.command.action.kind === 'ApproveProposal') {
    const { proposalId, digest, reason } = event.command.action;
    const asked = verdicts.asked.get(proposalId) ?? Number.NEGATIVE_INFINITY;
    const isThis = verdicts.digests.get(proposalId) === digest;
    if (isThis && reason !== '' && hostMs - asked < limits.proposalLifeMs)
      verdicts.lifted.set(proposalId, hostMs);
  }
  for (const fact of facts) {
    if (fact.type === 'AdvisorAsked') verdicts.asked.set(fact.proposalId, hostMs);
    if (fact.type === 'ProposalWaiting') verdicts.digests.set(fact.proposalId, fact.digest);
    if (fact.type === 'CycleOpened') verdicts.confidence.set(fact.cycleId, fact.signal.confidence ?? 0);
    if (fact.type === 'WaitOverridden') {
      const own = verdicts.confidence.get(fact.cycleId) ?? 0;
      if (own > limits.waitOverrideConfidence) verdicts.lifted.set(`${fact.cycleId}:proposal`, hostMs);
    }
  }
}

function judge(
  world: World,
  known: Known,
  verdicts: Verdicts,
  { ts, hostMs }: JournalEntry,
  entry: {
    ref: string;
    cycleId: string;
    symbol: string;
    quantity: number;
    side: string;
    limitTicks: number | null;
  },
): void {
  const { limits } = world;
  const proposal = `${entry.cycleId}:proposal`;
  const quote = known.quotes.get(entry.symbol);
  const mark = quote?.lastTicks ?? quote?.bidTicks ?? quote?.askTicks ?? null;
  const said = verdicts.go.get(proposal) ?? verdicts.lifted.get(proposal);
  const held = known.positions.get(entry.symbol) ?? 0;
  const signed = entry.side === 'BUY' ? entry.quantity : -entry.quantity;
  const closed: [string, boolean][] = [
    ['I11 the mode is not Active', known.modeOf(entry.symbol) !== 'Active'],
    ['I11 it is not connected', !known.connected],
    ['I11 it is not reconciled', !known.reconciled],
    ['I11 nobody said GO', said === undefined],
    ['I11 that was long ago', said !== undefined && hostMs - said > limits.advisorDeadlineMs],
    ['I11 it is too large', Math.abs(held + signed) > limits.maxPositionContracts],
    ['I13 there is no price', mark === null],
    ['I13 the price is old', quote === undefined || hostMs - quote.hostMs > limits.maxQuoteAgeMs],
    [
      'I10 it is off the market',
      entry.limitTicks !== null &&
        mark !== null &&
        Math.abs(entry.limitTicks - mark) > limits.priceCollarTicks,
    ],
    ['I15 the market is closed', !calendar.isOpen(ts)],
  ];
  for (const [why, isShut] of closed)
    if (isShut) world.violate(why.slice(0, 3), `${entry.ref} is sent, and ${why.slice(4)}.`);
}

function sane(world: World, ...prices: readonly (number | null)[]): void {
  if (prices.every((price) => price === null || (Number.isInteger(price) && price > 0))) return;
  world.violate('I13', `A quote of ${prices.join(', ')} was believed.`);
}
