/** One incident: its figures, its days, and in a day every order over the prices; what is chosen stands in the URL. */
'use client';

import { type ReactNode, useId } from 'react';
import { Failure } from '../live/failure';
import { plural } from '../live/format/words';
import { Empty, Panel, PanelHead } from '../ui/panel';
import { Skeleton, Waiting } from '../ui/skeleton';
import { DayChart } from './day-chart';
import { DayPicker } from './day-picker';
import { OrderDetail } from './order-detail';
import { OrderTable } from './order-table';
import { PhaseLine } from './phase-line';
import { type Judged, judgingOf, type Summary, useDay, useIncident } from './queries';
import type { IncidentSearch } from './search';
import { SummaryPanel } from './summary-panel';

interface StoryProps {
  id: string;
  search: IncidentSearch;
  onSearch: (search: IncidentSearch) => void;
  guards: (rows: Judged['verdict']['rows']) => ReactNode;
}

function DayPanel({
  id,
  search,
  onSearch,
  guards,
  days,
  judging,
}: StoryProps & { days: Summary['summary']['byDay']; judging: string }) {
  const heading = useId();
  const day = search.day ?? days.at(-1)?.day ?? null;
  const { data, error, refetch } = useDay({ id, judging }, day);
  const { reason } = search;
  const orders = (data?.orders ?? []).filter(({ reasons }) => reason === null || reasons.includes(reason));
  const chosen = orders.find(({ key }) => key === search.order) ?? null;
  const note = data ? `${plural(orders.length, 'order')}${reason === null ? '' : `, ${reason} only`}` : null;
  return (
    <Panel aria-labelledby={heading} className="min-w-0">
      <PanelHead id={heading} title={day ?? 'No day'} note={note}>
        <DayPicker
          days={days}
          day={day}
          onDay={(value) => onSearch({ ...search, day: value, order: null })}
        />
      </PanelHead>
      {error ? <Failure title="The day cannot be shown" error={error} onRetry={() => refetch()} /> : null}
      {data ? <DayChart day={data} orders={orders} chosen={chosen} /> : null}
      {data ? (
        <p className="border-line border-t px-3.5 py-1.5 text-faint text-xs">
          {data.pricesFrom === 'tape' ? 'Prices of the tape.' : 'Prices that the bot itself wrote down.'} Red:
          blocked. Green: passed. Arrows point the way of the order.
        </p>
      ) : null}
      <div className="grid border-line border-t xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        <div className="min-w-0 border-line xl:border-r">
          <OrderTable
            orders={orders}
            chosen={chosen}
            onChoose={(order) => onSearch({ ...search, day, order: order.key })}
          />
        </div>
        <div className="min-w-0 max-xl:border-line max-xl:border-t">
          {chosen ? (
            <OrderDetail id={id} judging={judging} line={chosen} guards={guards} />
          ) : (
            <Empty title="Choose an order">Its evidence stands beside what the guards say of it.</Empty>
          )}
        </div>
      </div>
    </Panel>
  );
}

export function IncidentStory(props: StoryProps) {
  const { id, search, onSearch } = props;
  const { data, error, refetch } = useIncident(id);
  if (error && !data)
    return <Failure title="The incident cannot be shown" error={error} onRetry={() => refetch()} />;
  if (!data)
    return (
      <Waiting late="Still reading it…">
        <Skeleton className="h-40" />
      </Waiting>
    );
  const { incident, summary } = data;
  if (summary === null)
    return (
      <Panel aria-label={incident.title}>
        <PanelHead title={incident.title} />
        <p data-testid="incident-phase" className="px-3.5 py-8 text-center">
          <PhaseLine phase={incident.phase} />
        </p>
      </Panel>
    );
  return (
    <div className="grid gap-3">
      <SummaryPanel
        incident={incident}
        summary={summary}
        reason={search.reason}
        onReason={(reason) => onSearch({ ...search, reason, order: null })}
      />
      {summary.summary.orders > 0 ? (
        <DayPanel {...props} days={summary.summary.byDay} judging={judgingOf(incident)} />
      ) : (
        <Panel aria-label="Orders">
          <Empty title="No order was found">
            The replay knows this bot&rsquo;s words for an order (orderId=…, Recorded order placement …). Are
            these its logs?
          </Empty>
        </Panel>
      )}
      <p className="text-xs">
        <a
          href={`/api/incidents/${id}/orders.csv`}
          data-testid="export-csv"
          className="text-accent hover:underline"
        >
          All orders as CSV
        </a>
      </p>
    </div>
  );
}
