/** The wire went up or down. Up means nothing yet: the first report of the connection is compared before anything is sent. */

import { askReport } from '../model/asking';
import type { Command } from '../model/command';
import type { EngineEvent, Stamped } from '../model/event';
import type { Fact } from '../model/fact';
import { NO_FEED } from '../model/feed';
import { type Reconciliation, UNRECONCILED } from '../model/reconciliation';
import { reconciliationWith, stateWith } from '../model/shape';
import type { EngineState } from '../model/state';
import type { Outcome } from '../model/step';

type Started = Stamped<Extract<EngineEvent, { type: 'WorkerStarted' }>>;

/** What the journal said of the wire and of prices belongs to a process that is gone: everything is asked anew. */
export function workerStarted(state: EngineState, { event, hostMs }: Started): Outcome {
  const link = { ...state.link, phase: 'disconnected' as const, detail: 'starting', sinceHostMs: hostMs };
  const reconciliation = off(state.reconciliation);
  const anew = { link, reconciliation, market: { quotes: {} }, feed: NO_FEED, clockSkewMs: 0 };
  const journal = { phase: 'writing' as const, why: null };
  return { state: stateWith(state, { ...anew, journal }), facts: [event], commands: [] };
}

type Stalled = Stamped<Extract<EngineEvent, { type: 'WorkerStalled' }>>;

/** Like a new connection: the broker is asked, and nothing but what it says is acted upon (L7). */
export function workerStalled(state: EngineState, { event, hostMs }: Stalled): Outcome {
  const text = `The worker stood still for ${(event.forMs / 1_000).toFixed(1)} s.`;
  const alert: Command = { type: 'SendAlert', severity: 'warning', text };
  if (state.link.phase !== 'connected') return { state, facts: [event], commands: [alert] };
  // what could not be heard meanwhile, quotes too, is late from here on
  const link = { ...state.link, sinceHostMs: hostMs };
  const asked = askReport(
    stateWith(state, { link, reconciliation: { ...off(state.reconciliation), phase: 'asked' } }),
    hostMs,
  );
  const { requestId } = asked.state.reconciliation;
  return {
    ...asked,
    facts: [event, { type: 'ReconcileStarted', requestId }],
    commands: [alert, ...asked.commands],
  };
}

type Lost = Stamped<Extract<EngineEvent, { type: 'BrokerMessageLost' }>>;

/** After a report it is asked anew at the usual pace, so that a gateway whose every word is unreadable is not asked without end. */
const ASKED_MOMENT_AGO_MS = 2_000;

/** It may have been about an order: only the broker's report can tell now. */
export function messageLost(state: EngineState, { event, hostMs }: Lost): Outcome {
  const facts: readonly Fact[] = [{ type: 'BrokerMessageLost', text: event.text }];
  const { requests, comparedHostMs } = state.reconciliation;
  const knows = comparedHostMs !== null && hostMs - comparedHostMs >= ASKED_MOMENT_AGO_MS;
  if (state.link.phase !== 'connected' || requests.length > 0 || !knows) {
    return { state, facts, commands: [] };
  }
  return { ...askReport(state, hostMs), facts };
}

/** No connection, no knowledge: a report that was asked for on an earlier one is not compared any more. */
function off({ requestId, left, foreignOrders }: Reconciliation): Reconciliation {
  return reconciliationWith(UNRECONCILED, { requestId, left, foreignOrders });
}

type LinkEvent = Extract<
  EngineEvent,
  { type: 'BrokerConnecting' | 'BrokerConnected' | 'BrokerDisconnected' }
>;

export function linkChanged(state: EngineState, stamp: Stamped<LinkEvent>): Outcome {
  const { event, hostMs } = stamp;
  const { link } = state;
  switch (event.type) {
    case 'BrokerConnecting':
      return notConnected(stateWith(state, { feed: NO_FEED }), 'connecting', event.why, hostMs);
    case 'BrokerDisconnected': {
      const gone = notConnected(state, 'disconnected', event.why, hostMs);
      if (link.phase !== 'connected') return gone;
      return {
        ...gone,
        commands: [{ type: 'SendAlert', severity: 'warning', text: `Gateway lost: ${event.why}` }],
      };
    }
    case 'BrokerConnected': {
      const { account, clientId, paper, serverVersion } = event;
      const detail = `${account} on server version ${serverVersion}`;
      const asked = askReport(
        stateWith(state, {
          link: { phase: 'connected', detail, sinceHostMs: hostMs, account, clientId, paper, serverVersion },
          reconciliation: { ...off(state.reconciliation), phase: 'asked' },
        }),
        hostMs,
      );
      return {
        ...asked,
        facts: [
          { type: 'BrokerLinkChanged', phase: 'connected', detail },
          { type: 'ReconcileStarted', requestId: asked.state.reconciliation.requestId },
        ],
      };
    }
  }
}

/** A gateway that stays away is news once for each reason, not at each attempt. */
function notConnected(
  state: EngineState,
  phase: 'connecting' | 'disconnected',
  detail: string,
  hostMs: number,
): Outcome {
  const { link } = state;
  const was = link.phase === 'connected';
  const next = { ...link, phase, detail, sinceHostMs: was ? hostMs : link.sinceHostMs };
  return {
    state: stateWith(state, { link: next, reconciliation: off(state.reconciliation) }),
    facts: was || detail !== link.detail ? [{ type: 'BrokerLinkChanged', phase, detail }] : [],
    commands: [],
  };
}
