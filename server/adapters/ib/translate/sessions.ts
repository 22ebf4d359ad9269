/** The trading hours of contract details -> intervals of exchange time. */
import { DateTime } from 'luxon';
import type { Session } from '../../../engine/model/instrument';

/** Contracts of one exchange have the same hours, told at every connection: read once. */
const READ = new Map<string, readonly Session[]>();
const MOST_READ = 64;

const SPAN = /^(\d{8}):(\d{4})-(?:(\d{8}):)?(\d{4})$/;

/**
 * Reads `20251121:1700-20251122:1600;20251122:CLOSED;...`, and the older form that leaves out the second date.
 * A part that cannot be read is left out: an hour not known to be open is closed.
 * @param zone of the hours, as `timeZoneId` names it.
 */
export function sessionsOf(tradingHours: string, zone: string): Session[] {
  const key = `${zone} ${tradingHours}`;
  const sessions = READ.get(key) ?? read(tradingHours, zone);
  if (READ.size >= MOST_READ) READ.clear();
  READ.set(key, sessions);
  return [...sessions];
}

function read(tradingHours: string, zone: string): Session[] {
  const sessions: Session[] = [];
  for (const part of tradingHours.split(';')) {
    const match = SPAN.exec(part.trim());
    if (!match) continue;
    const open = minuteOf(`${match[1]}${match[2]}`, zone);
    const close = minuteOf(`${match[3] ?? match[1]}${match[4]}`, zone);
    if (open.isValid && close > open) sessions.push({ openTs: open.toMillis(), closeTs: close.toMillis() });
  }
  return sessions.sort((a, b) => a.openTs - b.openTs);
}

function minuteOf(text: string, zone: string): DateTime {
  return DateTime.fromFormat(text, 'yyyyMMddHHmm', { zone });
}
