/**
 * Where children work for their whole size from the parent's first fill, a parent that ends in part leaves children that are too large
 * until the engine has made them smaller: nobody can do that before hearing of it.
 */
import type { World } from '../world';
import type { EngineTime } from './engine-time';

const SHRUNK_MS = { fair: 2_000, foul: 12_000 };

export class FullSize {
  private readonly ended = new Map<number, { fairMs: number; actingMs: number }>();

  constructor(private readonly time: EngineTime) {}

  /** @param permId of the child */
  excuses({ truth, plan }: World, permId: number): boolean {
    if (plan.setting.childActivation !== 'fullSize') return false;
    const child = truth.order(permId);
    const parent = child && truth.order(child.parentPermId);
    if (!parent || parent.filled === 0 || parent.filled === parent.totalQuantity) return false;
    const { fairMs, actingMs } = this.time;
    if (truth.isLive(parent)) return true;
    const ended = this.ended.get(parent.permId) ?? { fairMs, actingMs };
    this.ended.set(parent.permId, ended);
    return fairMs - ended.fairMs <= SHRUNK_MS.fair && actingMs - ended.actingMs <= SHRUNK_MS.foul;
  }
}
