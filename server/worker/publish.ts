/** The view as a numbered stream: a snapshot for who arrives, then frames without gaps, at a bounded rate. */
import type { EngineState } from '../engine/model/state';
import type { JournalEntry } from '../engine/model/step';
import { chartBars, show } from '../engine/show';
import { activityOf } from '../engine/view/activity';
import { changedSections } from '../engine/view/frames';
import type { ActivityLine, StreamMessage, View, WorkerView } from '../engine/view/words';
import type { Clock } from '../ports';

const FRAME_EVERY_MS = 200;
const ACTIVITY_KEPT = 100;

export class Publisher {
  #n = 0;
  #view: View | null = null;
  #workerText = '';
  #activity: readonly ActivityLine[] = [];
  #bars: { of: EngineState['bars']; shown: View['bars'] } | null = null;
  #listeners = new Set<(message: StreamMessage) => void>();
  #lastFrameMs = 0;

  constructor(
    private readonly current: () => { state: EngineState; seq: number },
    private readonly clock: Clock,
    private readonly worker: () => WorkerView,
  ) {}

  /** New lines for the feed; they go out with the next frame. */
  record(state: EngineState, entries: readonly JournalEntry[]): void {
    const lines = entries.flatMap((entry) => activityOf(entry, state.instruments));
    if (lines.length > 0) this.#activity = [...lines.reverse(), ...this.#activity].slice(0, ACTIVITY_KEPT);
  }

  /** Sends a frame when one is due and somebody listens. `now`: due at once, e.g. after an operator's command. */
  publish(now = false): void {
    const { hostMs } = this.clock.now();
    if (this.#listeners.size === 0 || (!now && hostMs - this.#lastFrameMs < FRAME_EVERY_MS)) return;
    this.#lastFrameMs = hostMs;
    const last = this.#view;
    const next = this.#show();
    const worker = this.worker();
    const workerText = JSON.stringify(worker);
    const set = last ? changedSections(last, next) : next;
    this.#n += 1;
    this.#view = next;
    const message: StreamMessage = {
      kind: 'frame',
      n: this.#n,
      set,
      ...(workerText === this.#workerText ? {} : { worker }),
    };
    this.#workerText = workerText;
    for (const listener of this.#listeners) listener(message);
  }

  snapshot(): StreamMessage {
    // frames continue from the last one sent: a newcomer must not see a view that the next frame does not build on
    this.#view ??= this.#show();
    if (this.#listeners.size === 0) this.#view = this.#show();
    return { kind: 'snapshot', n: this.#n, view: this.#view, worker: this.worker() };
  }

  /** The listener gets a snapshot first, then every frame. @returns how to leave. */
  subscribe(listener: (message: StreamMessage) => void): () => void {
    listener(this.snapshot());
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #show(): View {
    const { state, seq } = this.current();
    const { ts, hostMs } = this.clock.now();
    if (this.#bars?.of !== state.bars) {
      const shown = Object.fromEntries(
        Object.keys(state.bars).map((symbol) => [symbol, chartBars(state, symbol)]),
      );
      this.#bars = { of: state.bars, shown };
    }
    return show(state, { seq, ts, hostMs }, this.#activity, this.#bars.shown);
  }
}
