/**
 * Journal bodies as text. What JSON cannot carry (NaN, infinities, -0, bigint) travels tagged, so that replaying
 * what was read back sees exactly what the step saw.
 */
import { z } from 'zod';
import type { Fact } from '../../engine/model/fact';
import type { EngineState } from '../../engine/model/state';
import type { JournalEntry } from '../../engine/model/step';
import { DatabaseError } from './errors';

const TAG = '$interlock.number';

export function textOf(value: unknown): string {
  return isPlain(value) ? JSON.stringify(value) : JSON.stringify(value, (_key, inner) => tag(inner));
}

/** Nearly always so, and then JSON.stringify is several times faster without a replacer. */
function isPlain(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isPlain);
  return tag(value) === value;
}

function tag(value: unknown): unknown {
  if (typeof value === 'bigint') return { [TAG]: `${value}n` };
  if (Object.is(value, -0)) return { [TAG]: '-0' };
  if (typeof value === 'number' && !Number.isFinite(value)) return { [TAG]: String(value) };
  return value;
}

const tagged = z.strictObject({ [TAG]: z.string() });

function untag(_key: string, value: unknown): unknown {
  const text = tagged.safeParse(value).data?.[TAG];
  if (text === undefined) return value;
  return text.endsWith('n') ? BigInt(text.slice(0, -1)) : Number(text);
}

function parse(text: string): unknown {
  return text.includes(TAG) ? JSON.parse(text, untag) : JSON.parse(text);
}

const typed = z.looseObject({ type: z.string() });
const entryEnvelope = z.looseObject({
  seq: z.number().int(),
  ts: z.number(),
  hostMs: z.number(),
  event: typed,
  facts: z.array(typed),
  commands: z.array(typed),
  quotes: z.array(z.looseObject({ symbol: z.string() })),
});
const stateEnvelope = z.looseObject({ cycles: z.looseObject({}), orders: z.looseObject({}) });

/** Only the envelope is looked at: the bodies were typed when this program wrote them, and the file is its own. */
const journalEntry = z.custom<JournalEntry>((value) => entryEnvelope.safeParse(value).success);
const fact = z.custom<Fact>((value) => typed.safeParse(value).success);
const engineState = z.custom<EngineState>((value) => stateEnvelope.safeParse(value).success);

/** @throws DatabaseError when the text of entry `seq` is not a journal entry. */
export function entryOf(seq: number, text: string): JournalEntry {
  return decode(journalEntry, text, `entry ${seq}`);
}

/** @throws DatabaseError when the text is not a fact. */
export function factOf(seq: number, text: string): Fact {
  return decode(fact, text, `a fact of entry ${seq}`);
}

/** @throws DatabaseError when the text is not a state. */
export function stateOf(seq: number, text: string): EngineState {
  return decode(engineState, text, `the snapshot at entry ${seq}`);
}

function decode<T>(schema: z.ZodType<T>, text: string, what: string): T {
  try {
    return schema.parse(parse(text));
  } catch (cause) {
    throw new DatabaseError(
      `The journal cannot be read: ${what} is damaged. Put a backup of the database in its place.`,
      { cause },
    );
  }
}
