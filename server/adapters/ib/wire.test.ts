/** What one connection remembers of its questions: those that are open. */
import { expect, it } from 'vitest';
import { DEFAULT_TIMING, type IbSettings, REAL_OUTSIDE } from './options';
import { handClock } from './testing/hand-clock';
import { createWire } from './wire';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const settings: IbSettings = {
  ...DEFAULT_TIMING,
  ...REAL_OUTSIDE,
  host: '127.0.0.1',
  port: 4002,
  clientId: 71,
  lastOrderId: 0,
  symbols: ['ES'],
  clock: handClock(),
  armedLiveAccount: null,
  log: quiet,
};

it('an error is about the question that is open, about one that is over, or about an order', () => {
  const wire = createWire(settings, () => undefined);
  const [over, open] = [wire.requestId('executions of today'), wire.requestId('bars of ESZ5')];
  wire.answered(over);
  expect([over, open, open - 1, 17].map(wire.subjectOf)).toEqual([
    'an earlier question',
    'bars of ESZ5',
    undefined,
    undefined,
  ]);
});
