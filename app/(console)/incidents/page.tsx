/** Would the guards have stopped it? A bot's log or database, run through them. */
import type { Metadata } from 'next';
import { Incidents } from './client';

export const metadata: Metadata = { title: 'Incidents' };

export default function IncidentsPage() {
  return <Incidents />;
}
