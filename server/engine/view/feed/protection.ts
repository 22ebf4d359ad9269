/** Stops, emergencies, orphans and trips. */
import { parseOrderRef } from '../../model/ids';
import { tripText } from '../../model/trip';
import type { Lines } from './line';

export const PROTECTION = {
  OrderResized: (fact, { name }) => ({
    tone: 'neutral',
    text: `The ${parseOrderRef(fact.ref)?.role ?? 'order'} in ${name} is to be for ${fact.quantity}. ${fact.why}`,
  }),
  PositionProtected: (fact, { name, at }) => ({
    tone: 'safe',
    text: `Protected ${fact.afterMs} ms after: ${fact.quantity} ${name}${fact.triggerTicks ? ` with a stop @ ${at(fact.triggerTicks)}` : ''}`,
  }),
  PositionUnprotected: (fact, { name }) => ({
    tone: 'danger',
    text: `UNPROTECTED: ${fact.quantity} ${name}. ${fact.why}`,
  }),
  PositionOverprotected: (fact, { name }) => ({
    tone: 'danger',
    text: `OVERPROTECTED: stops for ${fact.quantity} on a position of ${fact.held} ${name}`,
  }),
  PositionBlind: (fact, { name }) => ({
    tone: 'caution',
    text: `BLIND: ${fact.quantity} ${name} held. ${fact.why}`,
    code: 'STALE_MARKET_DATA',
  }),
  PositionSeen: (fact, { name }) => ({
    tone: 'safe',
    text: `Prices of ${name} are back after ${Math.round(fact.blindMs / 1_000)} s`,
  }),
  StopMoved: (fact, { name, at }) => ({
    tone: 'safe',
    text: `Stop of ${name} moved from ${at(fact.fromTicks)} to ${at(fact.toTicks)}. ${fact.why}`,
  }),
  CycleAdopted: (fact, { name }) => ({
    tone: 'danger',
    text: `Adopted ${fact.quantity} ${name} found at the broker. ${fact.why}`,
  }),
  OrphanFound: (fact, { name }) => ({
    tone: 'danger',
    text: `Orphan: ${fact.quantity} ${name}. ${fact.why} Adopt, flatten or ignore? Entries wait.`,
    code: 'ORPHAN_POSITION',
  }),
  ModeTripped: (fact) => ({ tone: 'danger', text: `Entries halted. ${tripText(fact)}`, code: fact.code }),
  EntryHeldBack: (fact) => ({ tone: 'danger', text: `Entry held back. ${fact.detail}`, code: 'RATE_LIMIT' }),
  ExitsOverRate: (fact, { name }) => ({
    tone: 'danger',
    text: `${fact.observed} exit orders in ${name} in a short time (limit ${fact.limit}); none is held back`,
    code: 'RATE_LIMIT',
  }),
} satisfies Lines;
