/** L4: no order stays sent, to be cancelled or in doubt for 5 s of engine time without a question to the broker, nor for 30 s without a person told. */
import type { OrderPhase } from '../../engine/model/order';
import type { EngineState } from '../../engine/model/state';
import type { Watcher, World } from '../world';
import type { EngineTime } from './engine-time';

const ASKED_MS = 5_000;
const TOLD_MS = 30_000;
const UNSETTLED: ReadonlySet<OrderPhase> = new Set<OrderPhase>(['Pending', 'Cancelling', 'Unknown']);

interface Waiting {
  readonly phase: OrderPhase;
  readonly connectedMs: number;
  readonly alerts: number;
}

export function doubtsAreAsked(time: EngineTime): Watcher {
  let waiting = new Map<string, Waiting>();
  let orders: EngineState['orders'] | null = null;
  let askedMs = 0;
  let alerts = 0;
  return {
    commanded: (_, command) => {
      if (command.type === 'RequestReport') askedMs = time.connectedMs;
      if (command.type === 'SendAlert' && command.severity === 'critical') alerts += 1;
    },
    always: (world) => {
      const next = world.state?.orders ?? null;
      if (next !== orders) {
        orders = next;
        waiting = unsettled(world, waiting, { connectedMs: time.connectedMs, alerts });
      }
      for (const [ref, since] of waiting) {
        const ms = time.connectedMs - since.connectedMs;
        if (ms > ASKED_MS && time.connectedMs - askedMs > ASKED_MS)
          world.violate('L4', `${ref} is ${since.phase} for ${ms} ms, and the broker is not asked.`);
        if (ms > TOLD_MS && since.alerts === alerts)
          world.violate('L4', `${ref} is ${since.phase} for ${ms} ms, and nobody is told.`);
      }
    },
  };
}

function unsettled(
  { state }: World,
  before: ReadonlyMap<string, Waiting>,
  now: { connectedMs: number; alerts: number },
): Map<string, Waiting> {
  const waiting = new Map<string, Waiting>();
  for (const { spec, phase } of Object.values(state?.orders ?? {})) {
    if (!UNSETTLED.has(phase)) continue;
    const known = before.get(spec.ref);
    waiting.set(spec.ref, known?.phase === phase ? known : { phase, ...now });
  }
  return waiting;
}
