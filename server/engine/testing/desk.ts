/**
 * A whole desk for tests: the engine with a scripted broker and an advisor, on two clocks that only the test moves.
 * It journals as the worker does, so that any scenario can be replayed.
 */
import { type Command, isBrokerCommand } from '../model/command';
import { type Cycle, isOver } from '../model/cycle';
import type { EngineEvent } from '../model/event';
import type { Fact } from '../model/fact';
import { type OrderRole, orderRefOf, proposalIdOf } from '../model/ids';
import type { OperatorAction } from '../model/operator';
import type { Order } from '../model/order';
import type { Signal } from '../model/signal';
import { type EngineState, INITIAL_STATE } from '../model/state';
import type { JournalEntry } from '../model/step';
import { step } from '../step';
import { ScriptedBroker } from './broker';
import { advised, commanded, connected, disconnected, quote, signal, started, TICK } from './events';
import { ES, HOST_AHEAD_MS, MES, T0, ticks } from './instruments';

const TICK_MS = 250;
/** Longer than any test of an old quote waits, shorter than a market that counts as dead. */
const QUIET_MS = 240_000;

export class Desk {
  state: EngineState = INITIAL_STATE;
  ts = T0;
  readonly broker = new ScriptedBroker(() => this.ts);
  readonly journal: JournalEntry[] = [];
  /** What the advisor says at once; null: it is silent. */
  advisor: 'GO' | 'WAIT' | null = 'GO';
  /** Commands leave the worker; false: the wire is cut behind the engine's back. */
  wired = true;
  /** In a long wait the market is quiet, and not dead: its touch changes size now and then. True: not even that. */
  silent = false;
  /** What the broker has said and the engine has not heard yet; lost with the wire. */
  backlog: EngineEvent[] = [];
  facts: Fact[] = [];
  commands: Command[] = [];
  private seq = 0;
  private journaledState: EngineState = INITIAL_STATE;

  get hostMs(): number {
    return this.ts + HOST_AHEAD_MS;
  }

  /** Takes events one after another, and all that the broker and the advisor answer. What came of it is in `facts` and `commands`. */
  when(...events: readonly EngineEvent[]): this {
    this.facts = [];
    this.commands = [];
    this.run(events);
    return this;
  }

  /** Time passes, with a tick each 250 ms. */
  later(ms: number): this {
    this.facts = [];
    this.commands = [];
    for (let left = ms; left > 0; left -= TICK_MS) {
      this.ts += Math.min(TICK_MS, left);
      this.run([...this.murmur(), TICK]);
    }
    return this;
  }

  /** The market trades at `price`: fresh for the guards, and where market orders fill. */
  market(symbol: string, price: number): this {
    this.broker.marketTicks = ticks(price);
    return this.when(this.quoted(symbol, price));
  }

  /** Sizes change from one moment to the next, as they do: a quote that only repeats itself is frozen. */
  private quoted(symbol: string, price: number): EngineEvent {
    const { type, quote: told } = quote(symbol, price);
    return { type, quote: { ...told, bidSize: 20 + (Math.floor(this.ts / TICK_MS) % 7) } };
  }

  private murmur(): readonly EngineEvent[] {
    if (this.silent || !this.wired) return [];
    return Object.values(this.state.market.quotes).flatMap(({ symbol, lastTicks, hostMs }) =>
      this.hostMs - hostMs < QUIET_MS || lastTicks === null ? [] : [this.quoted(symbol, lastTicks / 4)],
    );
  }

  signal(rest: Partial<Signal> = {}): this {
    return this.when(signal({ createdTs: this.ts, ...rest }));
  }

  operator(action: OperatorAction, commandId?: string): this {
    return this.when(commanded(action, commandId));
  }

  /** The newest cycle. */
  get cycle(): Cycle {
    const cycle = Object.values(this.state.cycles).at(-1);
    if (!cycle) throw new Error('No cycle was opened.');
    return cycle;
  }

  order(role: OrderRole, attempt = 1): Order {
    const ref = orderRefOf(this.cycle.cycleId, role, attempt);
    const order = this.state.orders[ref];
    if (!order) throw new Error(`There is no order ${ref}.`);
    return order;
  }

  ref(role: OrderRole, attempt = 1): string {
    return this.order(role, attempt).spec.ref;
  }

  proposal() {
    return this.state.proposals[proposalIdOf(this.cycle.cycleId)];
  }

  openCycles(): readonly Cycle[] {
    return Object.values(this.state.cycles).filter((cycle) => !isOver(cycle));
  }

  /** Orders and changes that were sent, without reports, alerts and questions. */
  get sent(): readonly Command[] {
    return this.commands.filter((command) => isBrokerCommand(command) && command.type !== 'RequestReport');
  }

  of<T extends Fact['type']>(type: T): readonly Extract<Fact, { type: T }>[] {
    return this.facts.filter((fact): fact is Extract<Fact, { type: T }> => fact.type === type);
  }

  /** The same worker again, from what a snapshot would have stored. */
  restart(): this {
    this.wired = false;
    this.backlog = [];
    this.state = throughJson(this.state);
    return this.when(started());
  }

  reconnect(clientId = this.broker.clientId): this {
    this.wired = true;
    this.broker.clientId = clientId;
    return this.when({ ...connected(), clientId });
  }

  cutWire(): this {
    this.wired = false;
    this.backlog = [];
    return this.when(disconnected());
  }

  private run(events: readonly EngineEvent[]): void {
    const queue = [...events];
    for (let steps = 0, event = queue.shift(); event; event = queue.shift(), steps += 1) {
      if (steps > 500) throw new Error(`The engine and the broker do not come to rest: ${event.type}.`);
      const { facts, commands } = this.step(event);
      this.facts.push(...facts);
      this.commands.push(...commands);
      for (const command of commands) queue.push(...this.answer(command));
    }
  }

  private answer(command: Command): readonly EngineEvent[] {
    if (command.type === 'AskAdvisor') {
      return this.advisor ? [advised(command.proposalId, this.advisor)] : [];
    }
    return this.wired && isBrokerCommand(command) ? this.broker.answer(command) : [];
  }

  private step(event: EngineEvent): { facts: readonly Fact[]; commands: readonly Command[] } {
    const { ts, hostMs } = this;
    const seq = this.seq + 1;
    const before = this.state;
    const outcome = step(before, { seq, ts, hostMs, event });
    this.state = outcome.state;
    const { facts, commands } = outcome;
    for (const said of [...facts, ...commands]) assertSpoken(said);
    if (facts.length === 0 && commands.length === 0 && sameButMarket(before, outcome.state)) return outcome;
    const known = this.journaledState.market.quotes;
    const quotes = Object.values(before.market.quotes).filter((seen) => known[seen.symbol] !== seen);
    this.seq = seq;
    this.journaledState = outcome.state;
    this.journal.push({ seq, ts, hostMs, event, facts, commands, quotes });
    return outcome;
  }
}

function sameButMarket(before: EngineState, after: EngineState): boolean {
  return (Object.keys(after) as (keyof EngineState)[]).every(
    (slice) => slice === 'market' || before[slice] === after[slice],
  );
}

/** Whatever is concluded or asked for has a name, and where it has a reason or words for a person, they say something. */
function assertSpoken(said: Fact | Command): void {
  const { type, ...rest } = said;
  const words = Object.entries(rest).filter(([field]) => field === 'why' || field === 'text');
  if (typeof type === 'string' && words.every(([, word]) => word !== '')) return;
  throw new Error(`Says nothing: ${JSON.stringify(said)}`);
}

/** What a journal or a snapshot gives back: plain JSON and nothing else. */
export function throughJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** Connected, reconciled, ES and MES known, the market at 6890.50. */
export function openDesk(): Desk {
  const desk = new Desk();
  desk.when(
    started(),
    { type: 'InstrumentResolved', instrument: ES },
    { type: 'InstrumentResolved', instrument: MES },
    connected(),
  );
  return desk.market('MES', 6890.5).market('ES', 6890.5);
}

/** A desk that holds the signal's contracts at 6890.50, with stop and target working. */
export function holdingDesk(rest: Partial<Signal> = {}): Desk {
  const desk = openDesk().signal(rest);
  const { phase, spec } = desk.order('entry');
  return phase === 'Filled' ? desk : desk.when(...desk.broker.fill(spec.ref, ticks(6890.5)));
}
