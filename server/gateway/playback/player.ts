/**
 * Plays one recorded connection: says what the gateway said, when it said it, but never before the client has said what it had said by then.
 * Messages of a client are told apart by their kind alone, and counted: the third cancelOrder of the recording waits for the client's third.
 */
import { nameOf } from '../record/show';
import type { Session, Step } from './session';

/** What comes next: something that is due, word of the client, the end that the gateway made, or nothing. */
export type Next =
  | { readonly kind: 'due'; readonly inMs: number }
  | { readonly kind: 'waits'; readonly expected: string }
  | { readonly kind: 'hangs up'; readonly reason: string }
  | { readonly kind: 'over' };

export interface Playing {
  /** To be sent now, in this order. */
  readonly say: readonly (readonly string[])[];
  readonly next: Next;
}

/** The client said something that the recording does not have, or not so. */
export type Remark =
  | { readonly kind: 'not in the recording'; readonly said: string; readonly expected: string }
  | { readonly kind: 'other fields'; readonly said: string; readonly fields: readonly number[] };

export class Player {
  private readonly steps: readonly Step[];
  /** What the client said in the recording, by kind and how many of that kind it was. */
  private readonly recorded: ReadonlyMap<string, Step>;
  private readonly heard = new Map<string, number>();
  private cursor = 0;
  private waiting = false;
  /** When the recording would have begun, wall ms: later by what the client took longer than in the recording. */
  private zeroMs: number;

  /** @param speed seconds of the recording in a second */
  constructor(
    session: Session,
    private readonly speed: number,
    nowMs: number,
  ) {
    this.steps = session.steps;
    const said = session.steps.filter(({ way }) => way === 'in');
    this.recorded = new Map(said.map((step) => [`${step.fields[0]} ${step.nth}`, step]));
    this.zeroMs = nowMs - (session.steps[0]?.ms ?? 0) / speed;
  }

  /** How much of the recording is left. */
  get left(): number {
    return this.steps.length - this.cursor;
  }

  hears(values: readonly string[]): Remark | undefined {
    const kind = values[0] ?? '';
    const nth = (this.heard.get(kind) ?? 0) + 1;
    this.heard.set(kind, nth);
    const recorded = this.recorded.get(`${kind} ${nth}`);
    if (!recorded) return { kind: 'not in the recording', said: named(values), expected: this.expected() };
    const length = Math.max(values.length, recorded.fields.length);
    const fields = Array.from({ length }, (_, i) => i).filter((i) => values[i] !== recorded.fields[i]);
    return fields.length === 0 ? undefined : { kind: 'other fields', said: named(values), fields };
  }

  /** All that may be said at `nowMs` (wall ms). */
  play(nowMs: number): Playing {
    const say: (readonly string[])[] = [];
    for (let step = this.steps[this.cursor]; step; step = this.steps[this.cursor]) {
      const inMs = this.zeroMs + step.ms / this.speed - nowMs;
      if (inMs > 0) return { say, next: { kind: 'due', inMs } };
      if (step.way === 'end' && step.fields[0] === 'gateway') {
        this.cursor += 1;
        return { say, next: { kind: 'hangs up', reason: step.fields[1] ?? '' } };
      }
      if (step.way === 'in' && !this.passes(step, nowMs)) {
        return { say, next: { kind: 'waits', expected: named(step.fields) } };
      }
      if (step.way === 'out') say.push(step.fields);
      this.cursor += 1;
    }
    return { say, next: { kind: 'over' } };
  }

  private passes(step: Step, nowMs: number): boolean {
    const said = (this.heard.get(step.fields[0] ?? '') ?? 0) >= step.nth;
    if (said && this.waiting) this.zeroMs = nowMs - step.ms / this.speed;
    this.waiting = !said;
    return said;
  }

  private expected(): string {
    const next = this.steps.slice(this.cursor).find(({ way, fields, nth }) => {
      return way === 'in' && (this.heard.get(fields[0] ?? '') ?? 0) < nth;
    });
    return next ? named(next.fields) : 'nothing more';
  }
}

/** What a message of a client is called; past the handshake the id of the client is of no interest. */
const named = (fields: readonly string[]) => nameOf({ way: 'in', client: 0, fields: [...fields] });
