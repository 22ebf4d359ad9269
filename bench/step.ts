/** How many events the engine steps a second: those of simulated mornings, and the quiet path of a position that is held and protected. */
import { withQuotes } from '../server/engine/market/market';
import { type EngineState, INITIAL_STATE } from '../server/engine/model/state';
import type { JournalEntry } from '../server/engine/model/step';
import { step } from '../server/engine/step';
import { planOf } from '../server/sim/act/draw';
import { runHour } from '../server/sim/hour';
import { World } from '../server/sim/world';
import { Chain } from './chain';
import { figure, portion, ratio, type Section } from './section';

const SEEDS = 400;
const QUIET_EVENTS = 400_000;
/** Of exchange and host time: shorter than anything that a quiet minute would bring up. */
const QUIET_SPAN_MS = 5_000;
const TICKS_MS = 250;
const QUOTES_A_TICK = 3;
const ROUNDS = 3;

async function simulated(count: number): Promise<readonly (readonly JournalEntry[])[]> {
  const journals: (readonly JournalEntry[])[] = [];
  for (let seed = 1; seed <= count; seed++) {
    const world = new World(planOf(seed), []);
    await runHour(world);
    journals.push(world.disk.written());
  }
  return journals;
}

function replayed(journal: readonly JournalEntry[]): EngineState {
  let state = INITIAL_STATE;
  for (const entry of journal) state = step(withQuotes(state, entry.quotes), entry).state;
  return state;
}

/** @returns the state of a desk that holds a protected position, and quotes and ticks as they come while nothing happens. */
async function quietDesk(): Promise<{ state: EngineState; events: readonly JournalEntry[] }> {
  const desk = new Chain({ append: async () => undefined, saveSnapshot: async () => undefined });
  await desk.runUntilHeld(1_000);
  const { state } = desk.loop;
  const held = Object.values(state.cycles).at(-1);
  if (held?.protection.state !== 'protected')
    throw new Error('The quiet desk holds nothing that is protected.');
  const { ts, hostMs } = state.market.quotes.ES ?? { ts: 0, hostMs: 0 };
  const events: JournalEntry[] = [];
  for (let atMs = 0; atMs < QUIET_SPAN_MS; atMs += TICKS_MS) {
    for (let n = 0; n <= QUOTES_A_TICK; n++) {
      const at = atMs + n * 50;
      const lastTicks = 27_400 + ((at / 50) % 5);
      const touch = { bidTicks: lastTicks - 1, askTicks: lastTicks, lastTicks, bidSize: n + 1, askSize: 9 };
      const event =
        n === QUOTES_A_TICK
          ? ({ type: 'ClockTicked' } as const)
          : ({ type: 'QuoteReceived', quote: { symbol: 'ES', ...touch } } as const);
      events.push({ seq: 1, ts: ts + at, hostMs: hostMs + at, event, facts: [], commands: [], quotes: [] });
    }
  }
  return { state, events };
}

/** The best of a few rounds: what else the machine did is not ours. @returns µs a unit. */
function best(units: number, round: () => void): number {
  const taken = Array.from({ length: ROUNDS + 1 }, () => {
    const started = performance.now();
    round();
    return performance.now() - started;
  });
  return (Math.min(...taken.slice(1)) / units) * 1_000;
}

function throughJson(entries: readonly JournalEntry[]): number {
  let length = 0;
  for (const { event } of entries) length += JSON.parse(JSON.stringify(event)).type.length;
  return length;
}

export const steps: Section = {
  about: 'events a second through the engine',
  run: async (share) => {
    const journals = await simulated(portion(SEEDS, share, 20));
    const all = journals.flat();
    const busy = best(all.length, () => journals.forEach(replayed));
    const busyJson = best(all.length, () => throughJson(all));
    const { state, events } = await quietDesk();
    const times = Math.ceil(portion(QUIET_EVENTS, share) / events.length);
    const quiet = best(events.length * times, () => {
      for (let n = 0; n < times; n++) {
        let current = state;
        for (const event of events) current = step(current, event).state;
      }
    });
    const quietJson = best(events.length * times, () => {
      for (let n = 0; n < times; n++) throughJson(events);
    });
    const row = (us: number, json: number) => ({
      'events a second': figure(1e6 / us),
      'µs an event': figure(us),
      'to JSON': ratio(us, json),
    });
    return [
      {
        title: `Events through the engine (${figure(all.length)} journaled ones of ${journals.length} seeds; best of ${ROUNDS})`,
        rows: {
          'mornings of misfortune, from an empty book': row(busy, busyJson),
          'the same events there and back through JSON': row(busyJson, busyJson),
          'quotes and ticks, a protected position held': row(quiet, quietJson),
          'the same quotes and ticks through JSON': row(quietJson, quietJson),
        },
      },
    ];
  },
};
