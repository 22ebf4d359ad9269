import { describe, expect, it } from 'vitest';
import type { BrokerOrderStatus, OrderPhase } from '../model/order';
import { ORDER_TABLE, type Transition } from './table';

const STATUSES: readonly BrokerOrderStatus[] = [
  'ApiPending',
  'PendingSubmit',
  'PreSubmitted',
  'Submitted',
  'PendingCancel',
  'ApiCancelled',
  'Cancelled',
  'Filled',
  'Inactive',
];

const same = 'same';
const anomaly = 'anomaly';
const live: readonly Transition[] = [
  same,
  same,
  'Working',
  'Working',
  'Cancelling',
  'Cancelled',
  'Cancelled',
  'Filled',
  'Rejected',
];

/** Written out a second time, cell by cell, in the order of STATUSES. */
const EXPECTED: Readonly<Record<OrderPhase, readonly Transition[]>> = {
  Pending: live,
  Working: live,
  Unknown: live,
  Cancelling: [same, same, same, same, 'Cancelling', 'Cancelled', 'Cancelled', 'Filled', 'Rejected'],
  Filled: [anomaly, anomaly, anomaly, anomaly, same, anomaly, anomaly, same, anomaly],
  Cancelled: [anomaly, anomaly, anomaly, anomaly, same, same, same, 'Filled', same],
  Rejected: [anomaly, anomaly, anomaly, anomaly, same, same, same, 'Filled', same],
};

describe('the order table', () => {
  for (const [phase, row] of Object.entries(EXPECTED) as [OrderPhase, readonly Transition[]][]) {
    it.each(STATUSES.map((status, index) => [status, row[index]] as const))(
      `${phase} × %s -> %s`,
      (status, transition) => {
        expect(ORDER_TABLE[phase][status]).toBe(transition);
      },
    );
  }

  it('lets a terminal order leave its state for nothing but a fill that won the race (I8)', () => {
    for (const phase of ['Filled', 'Cancelled', 'Rejected'] as const) {
      for (const status of STATUSES) {
        const transition = ORDER_TABLE[phase][status];
        if (transition === same || transition === anomaly) continue;
        expect([phase, status, transition]).toEqual([phase, 'Filled', 'Filled']);
      }
    }
  });
});
