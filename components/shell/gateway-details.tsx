/** Everything that is known of the gateway: the session, the clocks, the restarts ahead, IB's data servers, the contract months. */
'use client';

import type { ReactNode } from 'react';
import type { InstrumentView, VenueView } from '@/server/engine/view/words';
import { age, exchangeDate, exchangeMinute } from '../live/format/time';
import { sentence } from '../live/format/words';
import { useHostNow, useLive } from '../live/live';
import { Dot } from '../ui/badge';
import { TONE_TEXT } from '../ui/tone';
import { farmSaid, restartSaid, skewSaid } from './gateway-words';

const NONE: readonly InstrumentView[] = [];

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="px-5 py-3">
      <h3 className="mb-1.5 text-faint text-xs">{title}</h3>
      <dl className="grid gap-1">{children}</dl>
    </section>
  );
}

function Row({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-4 rounded-md bg-raised px-3 py-1.5">
      <dt className="text-mute">{name}</dt>
      <dd className="num min-w-0 whitespace-normal text-right">{children}</dd>
    </div>
  );
}

function Restarts({ now }: { now: number }) {
  const restarts = useLive((state) => state.worker?.restarts ?? null);
  const next = restartSaid(restarts, now);
  if (restarts === null || next === null) {
    return <Row name="Restart">never by itself: set INTERLOCK_GATEWAY_RESTART if it does</Row>;
  }
  const when = (ms: number) => `${exchangeDate(ms)} ${exchangeMinute(ms)} US/Central`;
  return (
    <>
      <Row name="Restarts in">
        <span className={TONE_TEXT[next.tone]}>{next.words}</span>{' '}
        <span className="text-faint">{when(restarts.nextMs)}</span>
      </Row>
      <Row name="Login needed in">
        {next.login ? next.words : age(restarts.loginMs - now)}{' '}
        <span className="text-faint">{when(restarts.loginMs)}</span>
      </Row>
    </>
  );
}

function Contract({ instrument, now }: { instrument: InstrumentView; now: number }) {
  const { symbol, localSymbol, roll, refusal } = instrument;
  return (
    <Row name={`${symbol}, traded as ${localSymbol}`}>
      {refusal === null ? null : (
        <span className="block text-caution">
          {refusal.competing
            ? `no quotes for ${age(now - refusal.sinceHostMs)}: another session of this login takes them; they come back when it ends`
            : `no quotes for ${age(now - refusal.sinceHostMs)}: ${sentence(refusal.text)}`}
        </span>
      )}
      {roll === null ? (
        <span className="text-faint">no later month listed yet</span>
      ) : (
        <span className="text-faint">
          rolled to {roll.to} on {exchangeDate(roll.atTs)}
        </span>
      )}
    </Row>
  );
}

export function GatewayDetails({ venue }: { venue: VenueView }) {
  const heartbeat = useLive((state) => state.worker?.heartbeat ?? null);
  const skew = skewSaid(useLive((state) => state.worker?.clockSkew ?? null));
  const instruments = useLive((state) => state.view?.instruments ?? NONE);
  const now = useHostNow();
  return (
    <div className="divide-y divide-line" data-testid="gateway-details">
      <Section title="Session">
        <Row name={`${venue.phase} for ${age(now - venue.sinceHostMs)}`}>{venue.detail}</Row>
        <Row name="Heartbeat">
          {heartbeat === null
            ? 'none yet'
            : `${Math.max(1, Math.round(heartbeat.roundTripMs))} ms round trip, ${age(now - heartbeat.atHostMs)} ago`}
        </Row>
        <Row name="Its clock">
          {skew === null ? (
            <span className="text-faint">not measured</span>
          ) : (
            <span className={TONE_TEXT[skew.tone]}>{skew.words}</span>
          )}
        </Row>
        <Restarts now={now} />
      </Section>
      <Section title="IB's data servers">
        {venue.farms.length === 0 ? <Row name="none told of yet">–</Row> : null}
        {venue.farms.map((farm) => {
          const said = farmSaid(farm.state);
          return (
            <Row key={farm.name} name={`${farm.name}, ${farm.serves}`}>
              <span className="inline-flex items-center gap-1.5">
                <Dot tone={said.tone} />
                <span className={TONE_TEXT[said.tone]}>{said.words}</span>
                <span className="text-faint">for {age(now - farm.sinceHostMs)}</span>
              </span>
            </Row>
          );
        })}
      </Section>
      <Section title="Contracts">
        {instruments.length === 0 ? <Row name="none resolved yet">–</Row> : null}
        {instruments.map((instrument) => (
          <Contract key={instrument.symbol} instrument={instrument} now={now} />
        ))}
      </Section>
    </div>
  );
}
