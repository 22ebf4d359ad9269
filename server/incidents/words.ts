/** What the shelf of incidents speaks of: a bot's logs or its order database, brought in by a person to be run through today's guards. */
import { z } from 'zod';

/** A file by its first bytes, not by its name. */
export const FILE_KINDS = ['log', 'orders-db', 'tape'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

export const LIMITS = {
  /** Of all files of an incident, bytes. */
  bytes: 2 * 1024 ** 3,
  files: 32,
  incidents: 20,
} as const;

const file = z.strictObject({
  name: z.string(),
  bytes: z.number().int().nonnegative(),
  kind: z.enum(FILE_KINDS),
});
export type IncidentFile = z.infer<typeof file>;

/** `filling`: files come in; `reading`: its own process reads them; then one of the two ends. A reader that died is `failed`. */
const phase = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('filling') }),
  z.strictObject({ name: z.literal('reading'), readBytes: z.number(), totalBytes: z.number() }),
  z.strictObject({ name: z.literal('done'), tookMs: z.number() }),
  z.strictObject({ name: z.literal('failed'), why: z.string() }),
]);
export type Phase = z.infer<typeof phase>;

export const incidentSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  /** Host time, ms. */
  createdMs: z.number(),
  files: z.array(file),
  /** Those that are not the default, as a person named them: `min_distance_ticks=6`. */
  limits: z.array(z.string()).default([]),
  phase,
});
export type Incident = z.infer<typeof incidentSchema>;

export const ID = /^[0-9a-f]{12}$/;
/** A plain name: no folder, nothing hidden, nothing that a shell or a browser would read as more than a name. */
export const FILE_NAME = /^[\p{L}\p{N}_][\p{L}\p{N} ._()+-]{0,119}$/u;

/** Something about an upload that its owner can put right; the message says what. */
export class IncidentRefused extends Error {}

/** What the reader's process is started with, as JSON in its one argument. */
export const readerTask = z.strictObject({
  filesDir: z.string(),
  resultDir: z.string(),
  files: z.array(file),
  limits: z.array(z.string()),
});
export type ReaderTask = z.infer<typeof readerTask>;

export type ReaderNews =
  | { is: 'progress'; readBytes: number; totalBytes: number }
  | { is: 'done' }
  | { is: 'failed'; why: string };
