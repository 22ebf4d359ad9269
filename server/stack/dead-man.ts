/**
 * The dead man's switch (L10): a worker cannot tell that it is dead, hung or asleep. Whoever started it hears its signs of life
 * (`worker/heartbeat.ts`) and tells a person when none has come for ten seconds, and when it is back.
 */
export const SILENT_MS = 10_000;

export interface Page {
  silent: boolean;
  text: string;
}

export class DeadMan {
  /** Null until the first sign of life: that it starts at all is watched elsewhere. */
  #heardMs: number | null = null;
  #told = false;

  /** @param name as a sentence begins with it. */
  constructor(
    private readonly name: string,
    private readonly silentMs = SILENT_MS,
  ) {}

  /** A sign of life. @param nowMs of a clock that never runs backwards. @returns what a person is to be told. */
  hears(nowMs: number): Page | null {
    const silentMs = nowMs - (this.#heardMs ?? nowMs);
    const back = this.#told;
    this.#heardMs = nowMs;
    this.#told = false;
    if (!back) return null;
    return {
      silent: false,
      text: `${this.name} is back after ${Math.round(silentMs / 1_000)} s of silence.`,
    };
  }

  /** Asked every second or more often. @returns what a person is to be told, once for each silence. */
  looks(nowMs: number): Page | null {
    if (this.#heardMs === null || this.#told || nowMs - this.#heardMs < this.silentMs) return null;
    this.#told = true;
    const since = `${this.name} is SILENT: no sign of life for ${this.silentMs / 1_000} s.`;
    return {
      silent: true,
      text: `${since} Nothing is decided and nothing is sent; stops that rest at the broker stay. Look in TWS.`,
    };
  }
}
