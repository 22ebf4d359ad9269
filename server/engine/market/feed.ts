/** The broker's word on its market data. It is shown and journaled; what stops entries is the age of the quotes themselves. */
import { put, without } from '../model/book';
import type { EngineEvent, Stamped } from '../model/event';
import type { Fact } from '../model/fact';
import { stateWith } from '../model/shape';
import type { EngineState } from '../model/state';
import { type Outcome, unchanged } from '../model/step';

type FeedEvent = Extract<EngineEvent, { type: 'FarmReported' | 'QuotesRefused' | 'QuotesResumed' }>;

export function feedChanged(state: EngineState, { event, hostMs }: Stamped<FeedEvent>): Outcome {
  const { feed } = state;
  switch (event.type) {
    case 'FarmReported': {
      const { farm, serves, state: said } = event;
      const was = feed.farms[farm];
      if (was?.state === said) return unchanged(state);
      const farms = put(feed.farms, farm, { serves, state: said, sinceHostMs: hostMs });
      const news = said === 'broken' || (was !== undefined && isDown(was.state) && !isDown(said));
      const fact: Fact = { type: 'FarmChanged', farm, serves, state: said };
      return {
        state: stateWith(state, { feed: { ...feed, farms } }),
        facts: news ? [fact] : [],
        commands: [],
      };
    }
    case 'QuotesRefused': {
      const { symbol, code, text, competing } = event;
      const refusals = put(feed.refusals, symbol, { code, text, competing, sinceHostMs: hostMs });
      return {
        state: stateWith(state, { feed: { ...feed, refusals } }),
        facts: [{ type: 'QuotesRefused', symbol, code, text, competing }],
        commands: [
          { type: 'SendAlert', severity: 'warning', text: `No quotes of ${symbol}: ${text} (${code})` },
        ],
      };
    }
    case 'QuotesResumed': {
      const { symbol } = event;
      if (feed.refusals[symbol] === undefined) return unchanged(state);
      return {
        state: stateWith(state, { feed: { ...feed, refusals: without(feed.refusals, symbol) } }),
        facts: [{ type: 'QuotesResumed', symbol }],
        commands: [],
      };
    }
  }
}

function isDown(state: string): boolean {
  return state === 'broken' || state === 'connecting';
}
