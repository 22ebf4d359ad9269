/** Recorded frames as a person reads them: when, whose, which way, what; empty fields are left out. */
import { ANSWERS, REQUESTS } from './names';
import type { RecordedFrame } from './recording';

export interface Wanted {
  /** Only frames with that value as an order id, request id or error id. */
  id?: string | undefined;
  /** Only messages of that name or number. */
  type?: string | undefined;
  client?: number | undefined;
}

interface Part {
  name: string;
  value: string;
}

const ID_NAMES = new Set(['orderId', 'reqId', 'id']);

const ARROWS = { in: '<-', out: '->', end: '--' } as const;

/** `12.345 s  #1 client 7  ->  orderStatus orderId=3 status=Filled ...`; `->` goes to the client, `--` is the end of the connection. */
export function showFrame(frame: RecordedFrame): string {
  const seconds = (frame.ms / 1000).toFixed(3).padStart(10);
  const who = `#${frame.conn} ${frame.client === undefined ? 'handshake' : `client ${frame.client}`}`;
  const said = partsOf(frame).filter(({ value }) => value !== '');
  const fields = said.map(({ name, value }) => (name === '' ? value : `${name}=${value}`));
  return [`${seconds} s`, who, ARROWS[frame.way], nameOf(frame), ...fields].join('  ');
}

export function isWanted(frame: RecordedFrame, { id, type, client }: Wanted): boolean {
  if (client !== undefined && frame.client !== client) return false;
  if (type !== undefined && type !== nameOf(frame) && type !== frame.fields[0]) return false;
  return id === undefined || partsOf(frame).some(({ name, value }) => ID_NAMES.has(name) && value === id);
}

export function nameOf(frame: Omit<RecordedFrame, 'ms' | 'conn'>): string {
  if (frame.way === 'end') return 'end';
  if (frame.client === undefined) return frame.way === 'in' ? 'offer' : 'serverVersion';
  return tableOf(frame)[frame.fields[0] ?? '']?.name ?? `message ${frame.fields[0]}`;
}

function partsOf(frame: RecordedFrame): Part[] {
  if (frame.client === undefined || frame.way === 'end')
    return frame.fields.map((value) => ({ name: '', value }));
  const names = tableOf(frame)[frame.fields[0] ?? '']?.fields ?? [];
  return frame.fields.slice(1).map((value, i) => ({ name: names[i] ?? '', value }));
}

function tableOf({ way }: Pick<RecordedFrame, 'way'>) {
  return way === 'in' ? REQUESTS : ANSWERS;
}
