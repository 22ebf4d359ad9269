/**
 * I9, I17: the journal is the truth. Its numbers have no gap; stepped again it gives the state that is live, at each restart and at the end;
 * and a word of the broker that is heard twice changes nothing the second time.
 */
import { isDeepStrictEqual } from 'node:util';
import { withQuotes } from '../../engine/market/market';
import type { Command } from '../../engine/model/command';
import { type EngineState, INITIAL_STATE } from '../../engine/model/state';
import type { JournalEntry } from '../../engine/model/step';
import { step } from '../../engine/step';
import type { Watcher, World } from '../world';
import { cycleOf } from './ours';

const TWICE: ReadonlySet<string> = new Set([
  'OrderStatusReported',
  'OrderErrorReported',
  'ExecutionReported',
  'CommissionReported',
  'SignalReceived',
  'OperatorCommanded',
]);

/** At its end each so-many-th hour is replayed whole, which takes as long as a tenth of it; at each restart all are. */
const REPLAYED = 8;

export function journalIsTheTruth(): Watcher {
  let live: { seq: number; state: EngineState } | null = null;
  return {
    stepped: (world, entries) => {
      const last = entries.at(-1);
      const [first] = entries;
      const written = world.disk.written();
      const comparable = live?.state.journal.phase === 'writing';
      if (first?.event.type === 'WorkerStarted' && live?.seq === first.seq - 1 && comparable) {
        world.count('replayCompared');
        compare(
          world,
          live.state,
          replayed(
            world,
            written.filter(({ seq }) => seq < first.seq),
          ),
        );
      }
      if (first?.event.type === 'WorkerStarted' && world.worker.fromSnapshot) fromSnapshot(world, entries);
      if (last && world.state) live = { seq: last.seq, state: world.state };
    },
    atRest: (world) => {
      const written = world.disk.written();
      written.forEach(({ seq }, n) => {
        if (seq !== n + 1) world.violate('I17', `Entry ${n + 1} of the journal has the number ${seq}.`);
      });
      if (world.plan.seed % REPLAYED !== 0) return;
      if (world.state?.journal.phase === 'writing' && world.disk.lastSeq === live?.seq)
        compare(world, world.state, replayed(world, written));
    },
  };
}

/** A snapshot and what was written since say the same as the journal from its beginning. */
function fromSnapshot(world: World, entries: readonly JournalEntry[]): void {
  const written = world.disk.written();
  if (world.state === null || written.at(-1) !== entries.at(-1)) return;
  world.count('recoveredFromSnapshot');
  compare(world, world.state, replayed(world, written));
}

/** Steps the journal from its beginning; in half of these hours each word of the broker twice. */
function replayed(world: World, entries: readonly JournalEntry[]): EngineState {
  const twice = world.plan.seed % (2 * REPLAYED) === 0;
  let state = INITIAL_STATE;
  for (const entry of entries) {
    state = step(withQuotes(state, entry.quotes), entry).state;
    if (twice && TWICE.has(entry.event.type)) changesNothing(world, state, entry);
  }
  return state;
}

function changesNothing(world: World, state: EngineState, entry: JournalEntry): void {
  const { state: again, commands } = step(state, entry);
  const changing = changingCycles(state);
  // an old word that is taken for the answer to a change, which bears no number, and what follows from it in that cycle: counted
  const mayMove = (ref: string): boolean => {
    if (changing.has(cycleOf(ref))) world.count('excused:I9:change');
    return changing.has(cycleOf(ref));
  };
  const sent = commands.filter((command) => {
    if (command.type === 'RequestReport' || command.type === 'SendAlert') return false;
    const ref = refOf(command);
    return ref === null || !mayMove(ref);
  });
  const moved: string[] = (['positions', 'executions', 'modes'] as const).filter(
    (slice) => again[slice] !== state[slice] && !isDeepStrictEqual(again[slice], state[slice]),
  );
  for (const [ref, order] of Object.entries(state.orders)) {
    if (again.orders[ref] === order || isDeepStrictEqual(again.orders[ref], order)) continue;
    if (!mayMove(ref)) moved.push(ref);
  }
  if (sent.length + moved.length > 0)
    world.violate(
      'I9',
      `${entry.event.type} #${entry.seq} heard twice: ${[...moved, ...sent.map((c) => c.type)].join(', ')}.`,
    );
}

/** Those of which an order waits for the answer to a change. */
function changingCycles({ orders }: EngineState): ReadonlySet<string> {
  const changing = Object.values(orders).filter(({ change }) => change !== null);
  return new Set(changing.map(({ spec }) => spec.cycleId));
}

function refOf(command: Command): string | null {
  if ('order' in command) return command.order.ref;
  return 'ref' in command ? command.ref : null;
}

function compare(world: World, live: EngineState, again: EngineState): void {
  const differing = (Object.keys(live) as (keyof EngineState)[]).filter(
    (slice) => slice !== 'market' && !isSame(live[slice], again[slice]),
  );
  if (differing.length > 0)
    world.violate('I17', `Replaying the journal gives other ${differing.join(', ')}.`);
}

/** What is written tells neither undefined from absent nor -0 from 0. */
function isSame(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(one, other) || isDeepStrictEqual(asRead(one), asRead(other));
}

function asRead(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(JSON.stringify(value));
}
