/**
 * Ticks of one subscription -> the touch and the last trade. Only live ticks are read: delayed ones (66..76) must not drive orders.
 * IB writes -1 (or 0) for "no quote": that side is then unknown, while the last trade stays.
 */
import { ticksOf } from '../../../engine/model/money';

export interface Touch {
  bidTicks: number | null;
  askTicks: number | null;
  lastTicks: number | null;
  /** Contracts. */
  bidSize: number;
  askSize: number;
}

export const EMPTY_TOUCH: Touch = { bidTicks: null, askTicks: null, lastTicks: null, bidSize: 0, askSize: 0 };

/** IB's tick types (reference: "available tick types"). */
const BID_SIZE = 0;
const BID = 1;
const ASK = 2;
const ASK_SIZE = 3;
const LAST = 4;

/** @param price in points. @returns null when the tick is not about the touch or the last trade. */
export function withPrice(touch: Touch, tickType: number, price: number, tickSize: number): Touch | null {
  const ticks = ticksOf(price, tickSize);
  const { bidTicks, askTicks, lastTicks, bidSize, askSize } = touch;
  switch (tickType) {
    case BID:
      return { bidTicks: ticks, askTicks, lastTicks, bidSize, askSize };
    case ASK:
      return { bidTicks, askTicks: ticks, lastTicks, bidSize, askSize };
    case LAST:
      return { bidTicks, askTicks, lastTicks: ticks ?? lastTicks, bidSize, askSize };
    default:
      return null;
  }
}

/** @param size in contracts. @returns null when the tick is not the size of the touch. */
export function withSize(touch: Touch, tickType: number, size: number): Touch | null {
  const contracts = Number.isFinite(size) ? Math.max(0, size) : 0;
  const { bidTicks, askTicks, lastTicks, bidSize, askSize } = touch;
  switch (tickType) {
    case BID_SIZE:
      return { bidTicks, askTicks, lastTicks, bidSize: contracts, askSize };
    case ASK_SIZE:
      return { bidTicks, askTicks, lastTicks, bidSize, askSize: contracts };
    default:
      return null;
  }
}
