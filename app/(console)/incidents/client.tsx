/** The shelf of incidents, and the place to drop another. */
'use client';

import { useRouter } from 'next/navigation';
import { DropZone } from '@/components/incident/drop-zone';
import { IncidentList } from '@/components/incident/incident-list';

export function Incidents() {
  const router = useRouter();
  return (
    <div className="grid gap-3">
      <DropZone onBroughtIn={(id) => router.push(`/incidents/${id}`)} />
      <IncidentList />
    </div>
  );
}
