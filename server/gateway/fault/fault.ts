/**
 * Everything that can be made to go wrong on the wire, as data: one closed union. Shares are probabilities, 0 to 1; spans are wall time in ms.
 * The words are those of ib-protocol 3.11 and, where the simulation has the same weather, of `server/sim/broker/weather.ts`.
 */
import { z } from 'zod';

const share = z.number().min(0).max(1).default(1);
const ms = (usual: number) => z.number().min(0).max(3_600_000).default(usual);
const id = z.number().int();
const word = z.string().min(1);

/** A kind of fault: its parameters in the order in which they are typed. Each may also be kept to one client. */
const kind = <K extends string, S extends z.ZodRawShape>(name: K, says: string, shape: S) =>
  z.strictObject({ kind: z.literal(name), ...shape, client: id.optional() }).describe(says);

const plain = <K extends string>(name: K, says: string) => kind(name, says, {});

/** The connection itself. */
const lineFaults = [
  plain('dropTcp', 'every connection is cut, once'),
  plain(
    'halfOpen',
    'connections are taken and kept, and nothing is read or answered; they are cut when it ends',
  ),
  plain('stall', 'nothing moves in either direction; all of it moves when it ends'),
  kind('slowLoris', 'bytes are written one at a time, so many ms apart', { gapMs: ms(0) }),
  plain('refuseConnects', 'nobody listens at the port; who is connected stays'),
  kind(
    'portReset',
    'error 1300, then every connection is cut; with a port, the gateway listens there from then on',
    {
      port: z.number().int().min(0).max(65_535).default(0),
    },
  ),
  kind(
    'restart',
    'every connection is cut and the port is closed for a while; orders at IB live on, or not',
    {
      keepOrders: z.boolean().default(true),
      downMs: ms(2_000),
    },
  ),
] as const;

/** What a client is told when it starts. */
const sessionFaults = [
  plain('clientIdInUse', 'every client id is in use: error 326, and the connection is closed'),
  kind('lowNextValidId', 'the next valid id is so much lower than it should be', {
    by: z.number().int().min(1).default(10),
  }),
  kind('otherAccount', 'the gateway names another account', { account: word.default('DU7654321') }),
  kind('clockSkew', 'currentTime is so far ahead (behind, when negative)', {
    byMs: z.number().int().min(-86_400_000).max(86_400_000).default(30_000),
  }),
  plain('badRejectJson', 'errors carry advanced reject JSON that does not parse'),
] as const;

/** Between the gateway and IB. */
const upstreamFaults = [
  kind('1100->1101', '1100, silence, then 1101: subscriptions are lost', {
    keepOrders: z.boolean().default(true),
  }),
  kind('1100->1102', '1100, silence, then 1102: subscriptions go on', {
    keepOrders: z.boolean().default(true),
  }),
  plain('farmsBroken', '2103 and 2105: no market data and no history until 2104 and 2106'),
  plain('competingSession', '10197: another session has the market data'),
] as const;

/** What a client hears of its orders. */
const callbackFaults = [
  kind('delayAck', 'statuses, open orders and errors of orders come so much later', { byMs: ms(500) }),
  kind('duplicateCallbacks', 'statuses, open orders, executions and commissions come twice', { share }),
  kind('reorderedCallbacks', 'word of orders comes in another order, within so many ms', {
    share,
    withinMs: ms(50),
  }),
  plain('filledBeforeExecution', 'Filled comes before its execution'),
  kind('lostStatuses', 'statuses do not come', { share }),
  kind('staleStatuses', 'an old status comes again', { share, withinMs: ms(3_000) }),
  kind('lostExecutions', 'executions do not come live: only a report has them', { share }),
  kind('lateExecutions', 'executions come later, by at most so much', { share, withinMs: ms(3_000) }),
  kind('lostCommissions', 'commissions do not come live', { share }),
  kind('lateCommissions', 'commissions come later, by at most so much', { share, withinMs: ms(6_000) }),
  kind(
    'pendingCommissions',
    'commissions come as -1 (not known yet), and in full later, by at most so much',
    {
      share,
      withinMs: ms(6_000),
    },
  ),
  kind('missingOrders', 'an open order is missing from a report that says it is complete', { share }),
  kind('stalePositions', 'positions are told as they were so long ago', { byMs: ms(5_000) }),
] as const;

/** What happens to what a client asks. */
const requestFaults = [
  kind('lostOrders', 'orders and changes vanish on the way', { share }),
  kind('lostCancels', 'cancels vanish on the way', { share }),
  kind('lostAnswers', 'questions are not answered', { share }),
  kind('slowRequests', 'requests arrive so much later', { byMs: ms(500) }),
  kind('unknownCancels', 'cancels are answered with 10147', { share }),
  kind('refusedChanges', 'changes of working orders are refused with 2102', { share }),
  kind(
    'rejectNext',
    "the next new order (with that text in its orderRef, if given) is refused in IB's manner",
    {
      code: z.number().int().min(100).max(99_999).default(201),
      manner: z
        .enum(['statusFirst', 'errorFirst', 'errorOnly', 'apiCancelled', 'inactiveSilently'])
        .default('statusFirst'),
      orderRef: z.string().default(''),
    },
  ),
  plain('pacingViolation', 'each request is refused with error 100; the third ends the connection'),
] as const;

/** Prices. */
const quoteFaults = [
  plain('frozenQuotes', 'prices stand still: none is sent'),
  kind('staleQuotes', 'prices come so much later', { byMs: ms(5_000) }),
  kind('nonsenseQuotes', 'prices that are none: 0, -1, not a number, off the grid', {
    share: share.default(0.2),
  }),
] as const;

/** What IB does on its own. */
const brokerFaults = [
  kind('cancelledByBroker', 'IB cancels a working order (every one, when no id is given)', {
    orderId: id.optional(),
  }),
  plain('midnightRollover', 'the executions of the day are gone'),
  kind('correctedExecution', 'IB corrects the price of the last execution by so many ticks', {
    ticks: z.number().int().default(1),
  }),
] as const;

export const faultSchema = z.discriminatedUnion('kind', [
  ...lineFaults,
  ...sessionFaults,
  ...upstreamFaults,
  ...callbackFaults,
  ...requestFaults,
  ...quoteFaults,
  ...brokerFaults,
]);

export type Fault = z.output<typeof faultSchema>;
export type FaultKind = Fault['kind'];
export type FaultOf<K extends FaultKind> = Extract<Fault, { kind: K }>;

/** They happen once, at the moment they are put. */
export const MOMENTARY: ReadonlySet<FaultKind> = new Set<FaultKind>([
  ...(['dropTcp', 'portReset', 'restart'] as const),
  ...(['cancelledByBroker', 'midnightRollover', 'correctedExecution'] as const),
]);

/** Every kind with its sentence and parameters, for a help text. */
export function catalogue(): { kind: FaultKind; says: string; parameters: string[] }[] {
  return faultSchema.options.map((option) => ({
    kind: option.shape.kind.value,
    says: option.description ?? '',
    parameters: Object.keys(option.shape).filter((name) => name !== 'kind' && name !== 'client'),
  }));
}
