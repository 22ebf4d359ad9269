/**
 * A fault as a person types it: its kind, then its parameters in order or by name, then when: `delayAck 500`,
 * `rejectNext code=201 manner=errorFirst`, `halfOpen client=3 at 10000 for 5000`, `stall for 60000 clock=market`. And the same as JSON, one
 * line each, in a file.
 */
import { z } from 'zod';
import { catalogue, type Fault, type FaultKind, faultSchema, MOMENTARY } from './fault';

export type FaultClock = 'wall' | 'market';

/** A fault and when it is on. */
export interface TimedFault {
  fault: Fault;
  /** ms after the first client was ready; 0: from the start. */
  at: number;
  /** Instead of `at`: a time of the market, epoch ms. */
  atTs?: number | undefined;
  /** Until it is lifted, if not said; ms. */
  forMs?: number | undefined;
  /** Whose ms they are: the wall's unless said. */
  clock?: FaultClock | undefined;
}

/** What was asked for is no fault. The message is one sentence that says what would be right. */
export class FaultRefused extends Error {}

const span = z.number().min(0).max(86_400_000);
const moment = z.union(
  [
    span.transform((at) => ({ at })),
    z.iso.datetime({ offset: true }).transform((text) => ({ atTs: Date.parse(text) })),
  ],
  'ms from 0 to a day, or a time of the market, ISO with its zone',
);
const clockName = z.enum(['wall', 'market']);
const timedSchema = z.strictObject({
  at: moment.optional(),
  fault: z.union([z.string(), z.looseObject({ kind: z.unknown() })]),
  forMs: span.optional(),
  clock: clockName.optional(),
});
type When = Partial<Omit<TimedFault, 'fault'>>;

/** @throws FaultRefused */
export function parseFault(text: string): TimedFault {
  const [kind = '', ...words] = text.trim().split(/\s+/);
  const known = catalogue().find((entry) => entry.kind === kind);
  if (!known) throw new FaultRefused(unknown(kind));
  const { when, rest } = times(words);
  const fault: Record<string, unknown> = { kind };
  rest.forEach((word, i) => {
    const [name, value] = word.includes('=') ? split(word) : [known.parameters[i], word];
    if (name === undefined)
      throw new FaultRefused(`${kind} takes no "${word}"; it takes ${taken(known.parameters)}`);
    fault[name] = typedValue(value);
  });
  return timed(checked(fault), when);
}

/**
 * @param input `{"at": 1000, "fault": {"kind": "delayAck", "byMs": 500}, "forMs": 2000, "clock": "market"}`; the fault may also be typed
 * @throws FaultRefused
 */
export function readFault(input: unknown): TimedFault {
  const parsed = timedSchema.safeParse(input);
  if (!parsed.success)
    throw new FaultRefused(`${where(parsed.error)}; say {"at": ms, "fault": {...}, "forMs": ms}`);
  const { fault, at, ...rest } = parsed.data;
  const when: When = { ...rest, ...at };
  if (typeof fault !== 'string') return timed(checked(fault), when);
  const { fault: typed, ...typedWhen } = parseFault(fault);
  return timed(typed, { ...typedWhen, ...when });
}

/** A file of faults, one a line; empty lines and those that begin with # are passed over. @throws FaultRefused naming the line */
export function readFaults(text: string): TimedFault[] {
  return text.split(/\r?\n/).flatMap((line, i) => {
    if (line.trim() === '' || line.trimStart().startsWith('#')) return [];
    try {
      return [readFault(jsonOf(line))];
    } catch (error) {
      if (!(error instanceof FaultRefused)) throw error;
      throw new FaultRefused(`line ${i + 1}: ${error.message}`);
    }
  });
}

/** The shortest words for a fault, as `parseFault` reads them. */
export function spell({ kind, ...parameters }: Fault): string {
  const said = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '');
  return [kind, ...said.map(([name, value]) => `${name}=${value}`)].join(' ');
}

function checked(input: Readonly<Record<string, unknown>>): Fault {
  const parsed = faultSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  const known = catalogue().find(({ kind }) => kind === input.kind);
  if (!known) throw new FaultRefused(unknown(String(input.kind)));
  throw new FaultRefused(`${known.kind}: ${where(parsed.error)}; it takes ${taken(known.parameters)}`);
}

function timed(fault: Fault, { at = 0, ...when }: When): TimedFault {
  if (when.forMs !== undefined && MOMENTARY.has(fault.kind)) {
    throw new FaultRefused(`${fault.kind} happens once: leave out for how long`);
  }
  if (when.atTs === undefined) return { fault, at, ...when };
  if (when.clock === 'wall') throw new FaultRefused("a time of day is the market's: leave out clock=wall");
  return { fault, at: 0, ...when, clock: 'market' };
}

function times(words: readonly string[]): { when: When; rest: string[] } {
  const rest = [...words];
  const take = <T>(name: string, schema: z.ZodType<T>, example: string): T | undefined => {
    const i = rest.indexOf(name);
    if (i < 0) return undefined;
    const [, value = ''] = rest.splice(i, 2);
    const parsed = schema.safeParse(value !== '' && Number.isFinite(Number(value)) ? Number(value) : value);
    if (!parsed.success) throw new FaultRefused(`"${name}" wants ${example}`);
    return parsed.data;
  };
  const at = take('at', moment, 'milliseconds, such as at 5000, or a time of the market with its zone');
  const forMs = take('for', span, 'milliseconds, such as for 5000');
  const clock = takeClock(rest);
  return { when: { ...(forMs === undefined ? {} : { forMs }), ...(clock ? { clock } : {}), ...at }, rest };
}

/** `clock=market`; takes it out of the words. */
function takeClock(rest: string[]): FaultClock | undefined {
  const i = rest.findIndex((word) => word.startsWith('clock='));
  if (i < 0) return undefined;
  const [, name] = split(rest.splice(i, 1)[0] ?? '');
  const parsed = clockName.safeParse(name);
  if (!parsed.success) throw new FaultRefused('"clock" is wall or market');
  return parsed.data;
}

function split(word: string): [string, string] {
  const at = word.indexOf('=');
  return [word.slice(0, at), word.slice(at + 1)];
}

function typedValue(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new FaultRefused('it is not JSON');
  }
}

function where(error: z.ZodError): string {
  const [issue] = error.issues;
  const path = issue?.path.join('.') ?? '';
  return `${path === '' ? '' : `${path}: `}${issue?.message ?? 'it cannot be read'}`;
}

function unknown(kind: string): string {
  const kinds: FaultKind[] = catalogue().map((entry) => entry.kind);
  return `"${kind}" is no fault of this gateway; there are ${kinds.join(', ')}`;
}

function taken(parameters: readonly string[]): string {
  return [...parameters, 'client'].join(', ');
}
