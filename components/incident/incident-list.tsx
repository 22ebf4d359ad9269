/** The incidents on the shelf: what was brought in, how far its reading is, and the way to it. */
'use client';

import { Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useId } from 'react';
import { Failure } from '../live/failure';
import { plural } from '../live/format/words';
import { Button } from '../ui/button';
import { Empty, Panel, PanelHead } from '../ui/panel';
import { Skeleton, Waiting } from '../ui/skeleton';
import { PhaseLine } from './phase-line';
import { type Incident, useIncidents, useRemove } from './queries';
import { bytesSaid } from './said';

function Row({ incident }: { incident: Incident }) {
  const { mutate, isPending } = useRemove();
  const bytes = incident.files.reduce((sum, file) => sum + file.bytes, 0);
  return (
    <li
      data-testid="incident"
      data-phase={incident.phase.name}
      className="flex flex-wrap items-center gap-x-4 gap-y-1 border-line/70 border-b px-3.5 py-2 last:border-b-0"
    >
      <Link
        href={`/incidents/${incident.id}`}
        prefetch={false}
        className="min-w-0 font-medium hover:underline"
      >
        <span className="[overflow-wrap:anywhere]">{incident.title}</span>
      </Link>
      <span className="text-faint text-xs">
        {plural(incident.files.length, 'file')}, {bytesSaid(bytes)}
      </span>
      <span className="ml-auto text-xs">
        <PhaseLine phase={incident.phase} />
      </span>
      <Button
        variant="quiet"
        aria-label={`Delete ${incident.title}`}
        title="Deletes the files and what was read out of them"
        data-testid="incident-delete"
        disabled={isPending}
        onClick={() => mutate(incident.id)}
      >
        <Trash2 size={14} aria-hidden />
      </Button>
    </li>
  );
}

export function IncidentList() {
  const id = useId();
  const { data, error, isPending, refetch } = useIncidents();
  return (
    <Panel aria-labelledby={id}>
      <PanelHead id={id} title="Incidents" note={data ? plural(data.length, 'incident') : null} />
      {isPending ? (
        <Waiting late="Still looking at the shelf…">
          <Skeleton className="m-3.5 h-7" />
        </Waiting>
      ) : null}
      {error && !data ? (
        <Failure title="The incidents cannot be listed" error={error} onRetry={() => refetch()} />
      ) : null}
      {data?.length === 0 ? (
        <Empty title="Nothing was brought in yet">
          What you drop above is kept here until you delete it.
        </Empty>
      ) : null}
      <ul>
        {data?.map((incident) => (
          <Row key={incident.id} incident={incident} />
        ))}
      </ul>
    </Panel>
  );
}
