/** One incident, order by order. */
import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Incident } from './client';

export const metadata: Metadata = { title: 'Incident' };

export default async function IncidentPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <Suspense>
      <Incident id={decodeURIComponent(id)} />
    </Suspense>
  );
}
