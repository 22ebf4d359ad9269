/** The demo strategy: life for a newcomer's screen. It knows nothing of markets, and is silent unless the venue is the paper gateway. */
import type { Clock } from '../../ports';
import { chanceFrom } from './chance';
import { DEMO_STRATEGY, type DemoMarket, entryWish, exitWish, type Wish } from './demo-wish';
import { type Every, every, type SignalLog, type Submit, wordsOf } from './words';

const BEAT_MS = 250;
/** The first entries come quickly, one after another. */
const FIRST = { entries: 4, pauseMs: 1_200 };
const PAUSE_MS = { least: 4_000, most: 8_000 };
const EXIT_AFTER_MS = 30_000;
const EXIT_PART = 0.25;

export interface DemoSourceOptions {
  clock: Clock;
  submit: Submit;
  market: () => readonly DemoMarket[];
  isPaper: () => boolean;
  log: SignalLog;
  seed: number;
  every?: Every;
}

export interface DemoSource {
  readonly name: 'demo';
  start(): void;
  stop(): void;
}

function isQuoted(market: DemoMarket): market is DemoMarket & { lastPrice: number } {
  return market.lastPrice !== null && market.lastPrice > 0;
}

export function demoSource(options: DemoSourceOptions): DemoSource {
  const { clock, submit, market, isPaper, log, seed, every: repeat = every } = options;
  const chance = chanceFrom(seed);
  const heldSince = new Map<string, number>();
  let stopBeating: (() => void) | null = null;
  let nextAtHostMs = 0;
  let entries = 0;
  let exits = 0;
  let lastSymbol = '';
  let paper: boolean | null = null;

  function noteHoldings(markets: readonly DemoMarket[], hostMs: number) {
    for (const { symbol, position } of markets) {
      if (position === 0) heldSince.delete(symbol);
      else if (!heldSince.has(symbol)) heldSince.set(symbol, hostMs);
    }
  }

  /** The first position that is old enough is closed for certain, so that a whole cycle is seen within a minute; later ones by chance. */
  function exitOf(markets: readonly DemoMarket[], hostMs: number): Wish | null {
    const old = markets.find(({ symbol }) => hostMs - (heldSince.get(symbol) ?? hostMs) >= EXIT_AFTER_MS);
    if (!old || !(exits === 0 || chance.happens(EXIT_PART))) return null;
    exits += 1;
    heldSince.set(old.symbol, hostMs);
    return exitWish(old);
  }

  /** The flat symbol that comes next in the round; null when each holds, waits or has no quote. */
  function entryOf(markets: readonly DemoMarket[]): Wish | null {
    const from = markets.findIndex(({ symbol }) => symbol === lastSymbol) + 1;
    const round = [...markets.slice(from), ...markets.slice(0, from)];
    const next = round.filter(isQuoted).find(({ position, waiting }) => position === 0 && !waiting);
    if (!next) return null;
    lastSymbol = next.symbol;
    const waiting = markets.filter((one) => one.waiting).length;
    return entryWish(next, entries++, waiting, chance);
  }

  async function send(wish: Wish, ts: number) {
    const signalId = `demo-${ts.toString(36)}-${entries + exits}`;
    try {
      const { result, codes, cycleId } = await submit({
        ...wish,
        signalId,
        source: 'demo',
        strategy: DEMO_STRATEGY,
        createdTs: ts,
      });
      log.info(
        { signalId, result, codes, cycleId },
        `Demo (paper only): ${wish.action} ${wish.symbol} ${result}.`,
      );
    } catch (error) {
      log.error({ signalId, error: wordsOf(error) }, 'A demo signal could not be journaled.');
    }
  }

  function mayRun(): boolean {
    const now = isPaper();
    if (now !== paper) {
      paper = now;
      if (now)
        log.info(
          {},
          'The demo strategy is running, because this is the paper gateway. It never runs elsewhere.',
        );
      else log.info({}, 'The demo strategy is silent until the paper gateway is connected and reconciled.');
    }
    return now;
  }

  function beat() {
    const { ts, hostMs } = clock.now();
    if (!mayRun() || ts === 0) return;
    const markets = market();
    noteHoldings(markets, hostMs);
    if (hostMs < nextAtHostMs) return;
    const wish = exitOf(markets, hostMs) ?? entryOf(markets);
    if (!wish) return;
    const pauseMs = entries < FIRST.entries ? FIRST.pauseMs : chance.between(PAUSE_MS.least, PAUSE_MS.most);
    nextAtHostMs = hostMs + pauseMs;
    void send(wish, ts);
  }

  return {
    name: 'demo',
    start() {
      stopBeating ??= repeat(BEAT_MS, beat);
    },
    stop() {
      stopBeating?.();
      stopBeating = null;
    },
  };
}
