/** A real TWS client (@stoqey/ib) for tests: it remembers everything it hears and waits for what is to come. */
import { EventName, IBApi } from '@stoqey/ib';

/** One callback: its name, then its arguments. */
export type Heard = readonly [name: string, ...args: unknown[]];

/** For a failing test only: how long a word is waited for, ms. */
const PATIENCE_MS = 30_000;

export class Terminal {
  readonly heard: Heard[] = [];
  readonly api: IBApi;
  private waiting: { test: (heard: Heard) => boolean; resolve: (heard: Heard) => void }[] = [];

  constructor(port: number, clientId: number) {
    this.api = new IBApi({ host: '127.0.0.1', port, clientId, maxReqPerSec: 1000 });
    this.api.on(EventName.all, (name: string, args: unknown[]) => this.take([name, ...args]));
    this.api.on(EventName.error, () => undefined);
  }

  /** Connects; ready when it has its next valid order id. */
  async ready(): Promise<this> {
    this.api.connect();
    await this.hears(EventName.nextValidId);
    return this;
  }

  /**
   * The first callback of that name, past or to come, whose first arguments are `leading` (undefined fits any).
   * Errors are numbered by the client as (error, code, id).
   */
  hears(name: string, ...leading: unknown[]): Promise<Heard> {
    const test = ([heardName, ...args]: Heard) =>
      heardName === name && leading.every((value, i) => value === undefined || value === args[i]);
    const past = this.heard.find(test);
    if (past) return Promise.resolve(past);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`never heard ${name}(${leading.join(', ')}); heard:\n${this.story()}`)),
        PATIENCE_MS,
      );
      this.waiting.push({
        test,
        resolve: (heard) => {
          clearTimeout(timer);
          resolve(heard);
        },
      });
    });
  }

  /** The next callback, whatever it is. */
  next(): Promise<Heard> {
    return new Promise((resolve) => this.waiting.push({ test: () => true, resolve }));
  }

  /** Everything of that name so far, arguments only. */
  all(name: string): unknown[][] {
    return this.heard.filter(([heardName]) => heardName === name).map(([, ...args]) => args);
  }

  /** Forgets what was heard, so that the next wait is for something new. */
  forget(): void {
    this.heard.length = 0;
  }

  story(): string {
    return this.heard.map(([name, ...args]) => `${name} ${JSON.stringify(args)}`).join('\n');
  }

  close(): void {
    if (this.api.isConnected) this.api.disconnect();
  }

  private take(heard: Heard): void {
    if (heard[0] === EventName.received || heard[0] === EventName.sent) return;
    this.heard.push(heard);
    for (const waiter of this.waiting.filter(({ test }) => test(heard))) waiter.resolve(heard);
    this.waiting = this.waiting.filter(({ test }) => !test(heard));
  }
}

/** A number inside a callback's argument: `numberIn(execution, 'price')`. */
export function numberIn(argument: unknown, property: string): number {
  const value = Object.entries(argument ?? {}).find(([name]) => name === property)?.[1];
  if (typeof value !== 'number') throw new Error(`no number ${property} in ${JSON.stringify(argument)}`);
  return value;
}
