/** The account's positions as of now. IB makes a subscription of the question; it is cancelled as soon as the first answer is complete. */
import { type Contract, EventName } from '@stoqey/ib';
import { type Collector, collect } from './collector';
import type { Wire } from './wire';

export interface PositionRow {
  account: string;
  contract: Contract;
  /** Signed contracts. */
  quantity: number;
  /** Dollars a contract, commission included. */
  averageCost: number;
}

export interface Positions {
  /** A second question while one is open gets the same answer. */
  ask(): Promise<readonly PositionRow[]>;
  /** The answer may lack a row. */
  fail(why: string): void;
}

export function createPositions(wire: Wire): Positions {
  let open: Collector<PositionRow> | null = null;

  wire.api.on(
    EventName.position,
    wire.guard((account: string, contract: Contract, quantity: number, averageCost?: number) =>
      open?.add({ account, contract, quantity, averageCost: averageCost ?? 0 }),
    ),
  );
  wire.api.on(
    EventName.positionEnd,
    wire.guard(() => {
      if (open === null) return;
      open.end();
      open = null;
      wire.askMarket(() => wire.api.cancelPositions());
    }),
  );

  return {
    ask: () => {
      if (open !== null) return open.rows;
      const answer = collect<PositionRow>('positions', wire.settings.clock, wire.settings.answerMs);
      open = answer;
      wire.ask(() => wire.api.reqPositions());
      return answer.rows.catch((error) => {
        if (open === answer) open = null;
        throw error;
      });
    },
    fail: (why) => open?.fail(why),
  };
}
