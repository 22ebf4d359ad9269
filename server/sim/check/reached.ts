/** Was it reached? Counts what truly happened, at the exchange and in the journal, not what was drawn. `floors.ts` says how often each must. */
import { isLive } from '../../engine/model/order';
import type { JournalEntry } from '../../engine/model/step';
import { globexCalendar } from '../../exchange/sessions';
import type { TrueFill } from '../truth';
import type { Watcher, World } from '../world';
import { cycleOf, isOurs, roleOf } from './ours';
import { reading } from './reading';

const calendar = globexCalendar();

export function reached(): Watcher {
  let fills = 0;
  const cancelled = new Set<string>();
  const exiting = new Set<string>();
  const seen = new Seen();
  const read = reading({ restored: () => undefined, entry: (entry, world) => seen.take(entry, world) });
  return {
    commanded: (_, command) => {
      if (command.type === 'CancelOrder') cancelled.add(command.ref);
      if (command.type === 'PlaceOrder' && command.order.role === 'exit') exiting.add(command.order.cycleId);
    },
    stepped: read,
    always: (world) => {
      for (; fills < world.truth.fills.length; fills++) {
        const fill = world.truth.fills[fills];
        if (fill) countFill(world, fill, { cancelled, exiting });
      }
    },
  };
}

function countFill(
  world: World,
  { execution: { orderRef, permId }, symbol }: TrueFill,
  { cancelled, exiting }: { cancelled: ReadonlySet<string>; exiting: ReadonlySet<string> },
): void {
  if (!isOurs(orderRef)) return;
  world.count('fill');
  const role = roleOf(orderRef);
  if (world.state?.link.phase !== 'connected') world.count('fillWhileDisconnected');
  if (!world.worker.process.awake) world.count('fillWhileAsleepOrDead');
  if (cancelled.has(orderRef)) world.count('cancelFillRace');
  if (role === 'target' || role === 'stop' || role === 'emergency') {
    if (exiting.has(cycleOf(orderRef))) world.count('ocaRace');
    const parent = world.truth.order(world.truth.order(permId)?.parentPermId ?? 0);
    if (role !== 'target' && parent && parent.filled < parent.totalQuantity)
      world.count('partialEntryThenStop');
    if (role === 'emergency') world.count('emergencyFilled');
  }
  const order = world.truth.order(permId);
  if (role === 'entry' && order && order.filled < order.totalQuantity) world.count('partialEntry');
  if (world.truth.position(symbol) !== 0 && role === 'exit') world.count('partialExit');
}

/** What the journal tells of. */
class Seen {
  private readonly executed = new Map<string, number>();

  take({ ts, event, facts }: JournalEntry, world: World): void {
    if (event.type === 'ExecutionReported') {
      const { orderRef, quantity } = event.execution;
      const known = this.executed.get(orderRef) ?? 0;
      const entered = [...this.executed.keys()].some((ref) => ref === `${cycleOf(orderRef)}:entry`);
      if (isOurs(orderRef) && roleOf(orderRef) !== 'entry' && !entered) world.count('execBeforeParent');
      this.executed.set(orderRef, known + quantity);
    }
    if (event.type === 'OrderStatusReported') {
      if (event.filled > (this.executed.get(event.orderRef) ?? 0)) world.count('statusBeforeExec');
      const end = event.status === 'ApiCancelled' && roleOf(event.orderRef) === 'exit';
      if (end) world.count('exitRejectedOrApiCancelled');
    }
    for (const fact of facts) {
      switch (fact.type) {
        case 'OrderRejected':
          if (fact.role === 'stop' || fact.role === 'emergency') world.count('stopRejected');
          if (fact.role === 'exit') world.count('exitRejectedOrApiCancelled');
          if (fact.role === 'entry') world.count('entryRejected');
          break;
        case 'FlattenStarted':
          if (fact.positions.length > 0 && !calendar.isOpen(ts)) world.count('flattenMarketClosed');
          break;
        case 'AdvisorVerdict':
          if (fact.answer.verdict === 'WAIT' && isEntering(world)) world.count('waitWithEntryInFlight');
          break;
        case 'CommandRefused':
          if (fact.code.startsWith('PROPOSAL_')) world.count('approvalExpiredAtSend');
          break;
        case 'ForeignOrderSeen':
          world.count('foreignOrderSeen');
          break;
        case 'OrphanFound':
          world.count('orphan');
          break;
        case 'PositionBlind':
          world.count('blind');
          break;
        case 'PositionUnprotected':
          world.count('unprotected');
          break;
        case 'ExecutionCorrected':
          world.count('executionCorrected');
          break;
        case 'WaitOverridden':
        case 'ProposalApproved':
          world.count('waitLifted');
          break;
      }
    }
  }
}

function isEntering({ worker }: World): boolean {
  return Object.values(worker.state?.orders ?? {}).some(
    (order) => order.spec.role === 'entry' && isLive(order),
  );
}
