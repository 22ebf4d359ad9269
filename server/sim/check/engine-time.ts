/**
 * Engine time, in which the bounds of liveness are counted (safety, section 3.2): it runs while the worker is up and awake, and connected
 * to a gateway that hears it.
 */
import { maySend } from '../../engine/model/book';
import type { Watcher, World } from '../world';

const SLOW_DISK_MS = 50;
/** A shorter nap is not a disconnect, neither for the worker nor here (L7); one that is shorter by a tick may be one to the worker. */
const NAP_MS = 2_000;
const TICK_MS = 250;

export class EngineTime implements Watcher {
  /** Ms in which it was connected. */
  connectedMs = 0;
  /** Ms in which it also had the broker's report, and could send. */
  actingMs = 0;
  /** Of those, ms in which nothing went wrong on the way. */
  fairMs = 0;
  /** How often it came to be connected. */
  connections = 0;
  /** How often it was away for so long that it may have taken that for a disconnect. */
  naps = 0;
  private lastMs = 0;
  private slowUntilMs = 0;
  /** Since when it is asleep or cannot be reached, and whether the wire went down meanwhile. A slow disk is neither. */
  private away: { sinceMs: number; cut: boolean } | null = { sinceMs: Number.NEGATIVE_INFINITY, cut: true };
  private was = { connected: false, acting: false, fair: false };

  always(world: World): void {
    const spent = world.ms - this.lastMs;
    this.lastMs = world.ms;
    if (spent > 0) {
      if (this.was.connected) this.connectedMs += spent;
      if (this.was.acting) this.actingMs += spent;
      if (this.was.acting && this.was.fair) this.fairMs += spent;
    }
    const { state, worker, gateway, disk } = world;
    if (disk.slowMs > SLOW_DISK_MS) this.slowUntilMs = world.ms + disk.slowMs;
    const cut = state?.link.phase !== 'connected';
    const here = !cut && worker.process.awake && gateway.reachable;
    this.countConnections(here, world.ms, cut);
    const connected = here && !this.isDiskSlow(world);
    this.was = { connected, acting: connected && maySend(state), fair: gateway.isFair };
  }
  /** It waits for its disk, which is neither sleep nor a cut. */
  isDiskSlow({ ms }: World): boolean {
    return ms < this.slowUntilMs;
  }

  private countConnections(here: boolean, ms: number, cut: boolean): void {
    const { away } = this;
    if (here && away !== null && (away.cut || ms - away.sinceMs >= NAP_MS)) this.connections += 1;
    if (here && away !== null && ms - away.sinceMs >= NAP_MS - TICK_MS) this.naps += 1;
    this.away = here ? null : { sinceMs: away?.sinceMs ?? ms, cut: cut || away?.cut === true };
  }
}
