/** One direction of a line: what is on it arrives in its order, and what arrives in the same ms arrives together, as TCP hands it over. */
import type { Schedule } from '../schedule';

export class Way {
  private readonly parcels: { readonly ts: number; readonly arrivals: (() => void)[] }[] = [];

  constructor(private readonly schedule: Schedule) {}

  /** @param ts never before that of the last one */
  send(ts: number, arrive: () => void): void {
    const last = this.parcels.at(-1);
    if (last?.ts === ts) {
      last.arrivals.push(arrive);
      return;
    }
    this.parcels.push({ ts, arrivals: [arrive] });
    this.schedule.at(ts, () => {
      for (const arrival of this.parcels.shift()?.arrivals ?? []) arrival();
    });
  }
}
