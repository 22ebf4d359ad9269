/** What did we do, and why? All of it. */
import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Cycles } from './client';

export const metadata: Metadata = { title: 'Cycles' };

export default function CyclesPage() {
  return (
    <Suspense>
      <Cycles />
    </Suspense>
  );
}
