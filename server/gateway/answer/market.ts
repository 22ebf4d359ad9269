/** Answers with live market data. */
import type { Message } from '../wire/frame';

/** IB's numbers of the ticks this gateway sends. */
export const TICK = {
  bidSize: 0,
  bid: 1,
  ask: 2,
  askSize: 3,
  last: 4,
  lastSize: 5,
  high: 6,
  low: 7,
  volume: 8,
  close: 9,
  open: 14,
  lastTimestamp: 45,
} as const;

const HALTED = 49;
/** Trading is not halted: a future here never is while its market is open. */
const NOT_HALTED = 0;

/** The same, as they are numbered when they come late. */
export const DELAYED_TICK: Readonly<Record<keyof typeof TICK, number>> = {
  bid: 66,
  ask: 67,
  last: 68,
  bidSize: 69,
  askSize: 70,
  lastSize: 71,
  high: 72,
  low: 73,
  volume: 74,
  close: 75,
  open: 76,
  lastTimestamp: 88,
};

export type TickNumbers = Readonly<Record<keyof typeof TICK, number>>;

/** IB's numbers of the kinds of data that this gateway has. */
export const DATA_TYPE = { live: 1, delayed: 3 } as const;

const NO_ATTRIBUTES = 0;
const SNAPSHOT_PERMISSIONS = 3;

export const tickReqParams = (reqId: number, minTick: number): Message => [
  81,
  reqId,
  minTick,
  '',
  SNAPSHOT_PERMISSIONS,
];

export const marketDataType = (reqId: number, type: number): Message => [58, 1, reqId, type];

/** Clients make a size tick of `size` for ask and last; not all of them do for the bid, so sizes are also sent alone. */
export const tickPrice = (reqId: number, tick: number, price: number, size: number): Message => [
  1,
  6,
  reqId,
  tick,
  price,
  size,
  NO_ATTRIBUTES,
];

export const tickSize = (reqId: number, tick: number, size: number): Message => [2, 6, reqId, tick, size];

export const notHalted = (reqId: number): Message => [45, 6, reqId, HALTED, NOT_HALTED];

export const tickString = (reqId: number, tick: number, value: string | number): Message => [
  46,
  6,
  reqId,
  tick,
  value,
];

export const tickSnapshotEnd = (reqId: number): Message => [57, 1, reqId];
