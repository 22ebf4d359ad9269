/**
 * L6: where something is held and the broker tells no price of it for 15 s, connected and the venue open, a person is told; and nobody is told
 * so long before. That its stop stays meanwhile is I3, and that it is covered or being closed L1: neither knows of prices.
 */
import { globexCalendar } from '../../exchange/sessions';
import type { Watcher, World } from '../world';
import type { EngineTime } from './engine-time';
import { heldAndKnown } from './ours';

const calendar = globexCalendar();

/** Told before a crash, perhaps to nobody. */
const AGAIN = 'Told again';

/** What the worker subscribes, held or not: who comes to hold it may be blind already (seed 850002643). */
const QUOTED = ['ES', 'MES'] as const;

const BLIND_MS = 15_000;
/** The way of a price, and the tick at which its absence is seen. */
const LATE_MS = 1_000;
/** What a line was deaf for, or a worker asleep, without that either noticed it. */
const UNNOTICED_MS = 5_000;

/** No price, in engine time. */
interface Blind {
  quotedTs: number;
  era: number;
  jumps: number;
  /** Since when one could have come. */
  sinceMs: number;
  /** The same of the price before. */
  formerMs: number;
  /** By when a person is to be told, if it is held. */
  dueMs: number;
  told: boolean;
}

export function blindIsTold(time: EngineTime): Watcher {
  const blind = new Map<string, Blind>();

  function anew(): Pick<Blind, 'sinceMs' | 'dueMs'> {
    const { connectedMs } = time;
    return { sinceMs: connectedMs, dueMs: connectedMs + BLIND_MS + LATE_MS };
  }

  function watch(world: World, symbol: string): void {
    const quotedTs = world.gateway.news.quotedTs.get(symbol) ?? 0;
    const era = time.connections;
    const jumps = time.naps + (world.counts.get('clockJump') ?? 0);
    const known = blind.get(symbol);
    if (known?.quotedTs !== quotedTs) {
      blind.set(symbol, {
        quotedTs,
        told: false,
        era,
        jumps,
        formerMs: known?.sinceMs ?? time.connectedMs,
        ...anew(),
      });
      return;
    }
    if (known.era !== era) Object.assign(known, { era, ...anew() });
    // a stall to the worker, when it is long enough (L7; seeds 860000685, 1488669900, 1504555599): it may count from then on
    if (known.jumps !== jumps || time.isDiskSlow(world)) Object.assign(known, { jumps, dueMs: anew().dueMs });
    if (known.told || time.connectedMs <= known.dueMs) return;
    // asked only now: it takes longer than all of the above
    if (heldAndKnown(world, symbol) === 0 || !calendar.isOpen(world.schedule.now)) {
      known.dueMs = anew().dueMs;
      return;
    }
    const ms = time.connectedMs - known.sinceMs;
    world.violate('L6', `${symbol} is held without a price for ${ms} ms, and nobody is told.`);
  }

  return {
    told: (world, { text }, by) => {
      const known = blind.get(/BLIND: -?\d+ (\w+) held/.exec(text)?.[1] ?? '');
      if (!known) return;
      known.told = true;
      if (text.startsWith(AGAIN)) return;
      const { sinceMs, formerMs } = known;
      const isOnItsWay = time.connectedMs - sinceMs < LATE_MS;
      const ms = time.connectedMs - (isOnItsWay ? formerMs : sinceMs);
      // engine time does not run while it waits for its disk; and one that slept over a write that failed hears of its sleep afterwards
      const slow = world.counts.has('slowDisk') || by.state?.journal.phase === 'failed';
      if (ms < BLIND_MS - UNNOTICED_MS && !slow)
        world.violate('L6', `A person is told of a blindness of ${ms} ms: ${text}`);
    },
    always: (world) => {
      for (const symbol of QUOTED) watch(world, symbol);
    },
  };
}
