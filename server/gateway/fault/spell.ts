/**
 * A fault as a person types it: its kind, then its parameters in order or by name, then when: `delayAck 500`,
 * `rejectNext code=201 manner=errorFirst`, `halfOpen client=3 at 10000 for 5000`. And the same as JSON, one line each, in a file.
 */
import { z } from 'zod';
import { catalogue, type Fault, type FaultKind, faultSchema, MOMENTARY } from './fault';

/** A fault and when: `at` ms after the first client was ready (0: from the start), for `forMs` (until it is lifted, if not said). */
export interface TimedFault {
  fault: Fault;
  at: number;
  forMs?: number | undefined;
}

/** What was asked for is no fault. The message is one sentence that says what would be right. */
export class FaultRefused extends Error {}

const span = z.number().min(0).max(86_400_000);
const timedSchema = z.strictObject({
  at: span.default(0),
  fault: z.union([z.string(), z.looseObject({ kind: z.unknown() })]),
  forMs: span.optional(),
});

/** @throws FaultRefused */
export function parseFault(text: string): TimedFault {
  const [kind = '', ...words] = text.trim().split(/\s+/);
  const known = catalogue().find((entry) => entry.kind === kind);
  if (!known) throw new FaultRefused(unknown(kind));
  const { at, forMs, rest } = times(words);
  const fault: Record<string, unknown> = { kind };
  rest.forEach((word, i) => {
    const [name, value] = word.includes('=') ? split(word) : [known.parameters[i], word];
    if (name === undefined)
      throw new FaultRefused(`${kind} takes no "${word}"; it takes ${taken(known.parameters)}`);
    fault[name] = typedValue(value);
  });
  return timed({ fault: checked(fault), at, forMs });
}

/** @param input `{"at": 1000, "fault": {"kind": "delayAck", "byMs": 500}, "forMs": 2000}`; the fault may also be typed. @throws FaultRefused */
export function readFault(input: unknown): TimedFault {
  const parsed = timedSchema.safeParse(input);
  if (!parsed.success)
    throw new FaultRefused(`${where(parsed.error)}; say {"at": ms, "fault": {...}, "forMs": ms}`);
  const { fault, at, forMs } = parsed.data;
  if (typeof fault !== 'string') return timed({ fault: checked(fault), at, forMs });
  const typed = parseFault(fault);
  return timed({ fault: typed.fault, at: at === 0 ? typed.at : at, forMs: forMs ?? typed.forMs });
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

function timed(said: TimedFault): TimedFault {
  if (said.forMs !== undefined && MOMENTARY.has(said.fault.kind)) {
    throw new FaultRefused(`${said.fault.kind} happens once: leave out for how long`);
  }
  return said;
}

function times(words: readonly string[]): { at: number; forMs: number | undefined; rest: string[] } {
  const rest = [...words];
  const take = (name: string): number | undefined => {
    const i = rest.indexOf(name);
    if (i < 0) return undefined;
    const [, value] = rest.splice(i, 2);
    const parsed = span.safeParse(Number(value));
    if (value === undefined || !parsed.success)
      throw new FaultRefused(`"${name}" wants milliseconds, such as ${name} 5000`);
    return parsed.data;
  };
  const at = take('at') ?? 0;
  return { at, forMs: take('for'), rest };
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
