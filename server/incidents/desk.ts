/** Shelf and reader together, as one web process holds them. */
import path from 'node:path';
import { createReader, type Reader } from './reader';
import { openShelf, type Shelf } from './shelf';

export interface IncidentDesk {
  shelf: Shelf;
  reader: Reader;
}

/** @param home the stack's folder. The console's process runs in the project's folder; its bundle lies elsewhere. */
export function openIncidentDesk(home: string): IncidentDesk {
  const shelf = openShelf(home);
  return { shelf, reader: createReader(shelf, path.resolve('server/incidents/read.child.ts')) };
}
