/**
 * Where children work for their whole size from the parent's first fill, a parent that ends in part leaves children that are too large
 * until the engine has made them smaller: nobody can do that before hearing of it.
 */
import type { World } from '../world';
import type { EngineTime } from './engine-time';

const SHRUNK_MS = { fair: 2_000, foul: 30_000 };
/** A worker that sleeps hears later that such a child has filled. */
const OVERFILLED_MS = 15_000;

export class FullSize {
  private readonly ended = new Map<number, { fairMs: number; actingMs: number }>();

  constructor(private readonly time: EngineTime) {}

  /**
   * @param permId of the child
   * @param fills how many of the fills had happened
   */
  excuses({ truth, plan, clientId }: World, permId: number, fills = truth.fills.length): boolean {
    if (plan.setting.childActivation !== 'fullSize') return false;
    const child = truth.order(permId);
    const parent = child && truth.order(child.parentPermId);
    if (!parent) return false;
    const filled = truth.fills
      .slice(0, fills)
      .reduce((sum, { execution }) => sum + (execution.permId === parent.permId ? execution.shares : 0), 0);
    if (filled === 0 || filled === parent.totalQuantity) return false;
    const { fairMs, actingMs } = this.time;
    // under another client id nobody here can make it smaller (seed 1488645504)
    if (truth.isLive(parent) || child.clientId !== clientId) return true;
    const ended = this.ended.get(parent.permId) ?? { fairMs, actingMs };
    this.ended.set(parent.permId, ended);
    return fairMs - ended.fairMs <= SHRUNK_MS.fair && actingMs - ended.actingMs <= SHRUNK_MS.foul;
  }
  /** Contracts that such children have closed lately beyond what their parents had filled: other closers are too large by so many (seed 1488641434). */
  overfilled({ truth, plan, schedule }: World, symbol: string, fills = truth.fills.length): number {
    if (plan.setting.childActivation !== 'fullSize') return 0;
    const shares = new Map<number, number>();
    const lately = new Set<number>();
    for (const { symbol: traded, execution } of truth.fills.slice(0, fills)) {
      if (traded !== symbol) continue;
      const { permId } = execution;
      shares.set(permId, (shares.get(permId) ?? 0) + execution.shares);
      if (schedule.now - execution.ts <= OVERFILLED_MS) lately.add(permId);
    }
    const beyond = [...lately].map((permId) => {
      const parentPermId = truth.order(permId)?.parentPermId ?? 0;
      return parentPermId === 0 ? 0 : (shares.get(permId) ?? 0) - (shares.get(parentPermId) ?? 0);
    });
    return beyond.reduce((sum, more) => sum + Math.max(0, more), 0);
  }
}
