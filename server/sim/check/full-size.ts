/**
 * Where children work for their whole size from the parent's first fill, a parent that ends in part leaves children that are too large
 * until the engine has made them smaller: nobody can do that before hearing of it.
 */
import type { World } from '../world';
import type { EngineTime } from './engine-time';

const SHRUNK_MS = { fair: 2_000, foul: 30_000 };

export class FullSize {
  private readonly ended = new Map<number, { fairMs: number; actingMs: number }>();

  constructor(private readonly time: EngineTime) {}

  /**
   * @param permId of the child
   * @param fills how many of the fills had happened
   */
  excuses({ truth, plan }: World, permId: number, fills = truth.fills.length): boolean {
    if (plan.setting.childActivation !== 'fullSize') return false;
    const child = truth.order(permId);
    const parent = child && truth.order(child.parentPermId);
    if (!parent) return false;
    const filled = truth.fills
      .slice(0, fills)
      .reduce((sum, { execution }) => sum + (execution.permId === parent.permId ? execution.shares : 0), 0);
    if (filled === 0 || filled === parent.totalQuantity) return false;
    const { fairMs, actingMs } = this.time;
    if (truth.isLive(parent)) return true;
    const ended = this.ended.get(parent.permId) ?? { fairMs, actingMs };
    this.ended.set(parent.permId, ended);
    return fairMs - ended.fairMs <= SHRUNK_MS.fair && actingMs - ended.actingMs <= SHRUNK_MS.foul;
  }
}
