/** The pass that an entry needs. Only `guard/` makes one (a test looks for it), and `order/` sends entries for nothing else. */
import type { Clearance, EntryPlan } from './advisory';
import type { Brand, CycleId } from './ids';

export type EntryApproved = Brand<
  { cycleId: CycleId; plan: EntryPlan; clearance: Clearance },
  'EntryApproved'
>;
