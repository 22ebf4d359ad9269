/** The time of a signal: an instant that names its zone, or ms since the epoch. A time without a zone is refused, not guessed. */
import { z } from 'zod';

const EARLIEST = Date.UTC(2000, 0);
const LATEST = Date.UTC(2100, 0);

export const isoTime = z.iso
  .datetime({ offset: true, error: 'expected an ISO time with its zone, such as 2025-12-12T14:53:13Z' })
  .transform((text, context) => {
    const ms = Date.parse(text);
    if (ms >= EARLIEST && ms < LATEST) return ms;
    context.addIssue({ code: 'custom', message: 'expected a time between 2000 and 2100' });
    return z.NEVER;
  });

const epochMs = z
  .number()
  .int('expected whole ms since the epoch')
  .min(EARLIEST, 'expected ms since the epoch (this looks like seconds)')
  .lt(LATEST, 'expected ms since the epoch (this lies beyond 2100)');

/** ms since the epoch. */
export const signalTime = z
  .union([z.string(), z.number()], { error: 'expected an ISO time with its zone, or ms since the epoch' })
  .transform((value, context) => {
    const parsed = (typeof value === 'string' ? isoTime : epochMs).safeParse(value);
    if (parsed.success) return parsed.data;
    context.addIssue({ code: 'custom', message: parsed.error.issues[0]?.message ?? 'not a time' });
    return z.NEVER;
  });
