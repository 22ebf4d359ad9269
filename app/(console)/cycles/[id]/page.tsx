/** What did we do, and why? One cycle. */
import type { Metadata } from 'next';
import { Cycle } from './client';

interface CyclePageProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: CyclePageProps): Promise<Metadata> {
  return { title: `Cycle ${decodeURIComponent((await params).id)}` };
}

export default async function CyclePage({ params }: CyclePageProps) {
  return <Cycle cycleId={decodeURIComponent((await params).id)} />;
}
