/** How much each month traded yesterday and today, for who rolls by volume. */
import { BarSizeSetting, EventName, WhatToShow } from '@stoqey/ib';
import type { Instrument } from '../../engine/model/instrument';
import { type Collector, collect } from './collector';
import { contractOf } from './translate/instrument';
import type { Wire } from './wire';

const TWO_DAYS = '2 D';
const EPOCH_SECONDS = 2;
const END_MARKER = 'finished';

export interface Volumes {
  /** @returns contracts. @throws when the broker does not say. */
  of(month: Instrument): Promise<number>;
  /** The broker refused request `requestId`. */
  failed(requestId: number, text: string): void;
}

export function createVolumes(wire: Wire): Volumes {
  const open = new Map<number, Collector<number>>();

  wire.api.on(
    EventName.historicalData,
    wire.guard(
      (
        requestId: number,
        time: string,
        _open: number,
        _high: number,
        _low: number,
        _close: number,
        volume: number,
      ) => {
        const answer = open.get(requestId);
        if (time.startsWith(END_MARKER)) answer?.end();
        else answer?.add(Math.max(0, volume));
      },
    ),
  );

  return {
    of: async (month) => {
      const subject = `volume of ${month.localSymbol}`;
      const requestId = wire.requestId(subject);
      const answer = await new Promise<Collector<number>>((asked) =>
        wire.askMarket(() => {
          const collector = collect<number>(subject, wire.settings.clock, wire.settings.answerMs);
          open.set(requestId, collector);
          asked(collector);
          wire.api.reqHistoricalData(
            requestId,
            contractOf(month),
            '',
            TWO_DAYS,
            BarSizeSetting.DAYS_ONE,
            WhatToShow.TRADES,
            false,
            EPOCH_SECONDS,
            false,
          );
        }),
      );
      try {
        const days = await answer.rows;
        if (days.length === 0) throw new Error(`${subject}: there is none`);
        return days.reduce((sum, contracts) => sum + contracts, 0);
      } finally {
        open.delete(requestId);
        wire.answered(requestId);
      }
    },
    failed: (requestId, text) => open.get(requestId)?.fail(text),
  };
}
