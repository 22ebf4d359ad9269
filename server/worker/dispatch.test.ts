/** S-20: the lease is looked at between the decision and the socket. */
import { expect, it } from 'vitest';
import type { Alert, BrokerCommand } from '../engine/model/command';
import type { OrderRef } from '../engine/model/ids';
import { dispatchTo } from './dispatch';

it('a worker that may have a successor sends nothing to the broker, but still tells people', () => {
  const sent: BrokerCommand[] = [];
  const told: Alert[] = [];
  const at = { held: true, lost: 0 };
  const dispatch = dispatchTo({
    broker: { send: (command) => void sent.push(command) },
    notifier: { notify: (alert) => void told.push(alert) },
    lease: { holds: () => at.held, mayHold: () => true },
    journalFailed: () => false,
    onLeaseLost: () => {
      at.lost += 1;
    },
  });
  dispatch({ type: 'RequestReport', requestId: 1 });
  at.held = false;
  dispatch({ type: 'RequestReport', requestId: 2 });
  dispatch({ type: 'SendAlert', severity: 'critical', text: 'NOT FLAT' });
  expect(sent).toEqual([{ type: 'RequestReport', requestId: 1 }]);
  expect(told.map(({ text }) => text)).toEqual(['NOT FLAT']);
  expect(at.lost).toBe(1);
});

it('while nothing can be written, and so no lease renewed, what reduces risk leaves until somebody is known to have taken over', () => {
  const sent: BrokerCommand[] = [];
  const at = { mayHold: true, lost: 0 };
  const dispatch = dispatchTo({
    broker: { send: (command) => void sent.push(command) },
    notifier: { notify: () => undefined },
    lease: { holds: () => false, mayHold: () => at.mayHold },
    journalFailed: () => true,
    onLeaseLost: () => {
      at.lost += 1;
    },
  });
  dispatch({ type: 'CancelOrder', ref: 'c-1-1:entry' as OrderRef });
  expect(sent).toHaveLength(1);
  at.mayHold = false;
  dispatch({ type: 'CancelOrder', ref: 'c-1-1:entry' as OrderRef });
  expect(sent).toHaveLength(1);
  expect(at.lost).toBe(1);
});
