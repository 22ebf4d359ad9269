/** What a replay ends with: every order with its verdict, counts that add up, and what could not be read. The command line prints it as JSON with `--json`. */
import { z } from 'zod';
import { REASON_CODES } from '../../engine/model/reason';
import { Evidence } from '../model/order-case';
import { JudgedOrder } from '../model/verdict';
import { CycleStory } from './story';

const count = z.int().nonnegative();
const code = z.enum(REASON_CODES);

/** A line or row that looks like the bot's and could not be read. */
export const Unread = Evidence.extend({ why: z.string() });

export const Source = z.object({
  name: z.string(),
  kind: z.enum(['log', 'orders database']),
  bytes: count,
  /** Lines of a log, rows of the tables of a database. */
  lines: count,
  firstTs: z.int().nullable(),
  lastTs: z.int().nullable(),
});

const Counts = z.object({
  orders: count,
  blocked: count,
  passed: count,
  exit: count,
  unknown: count,
  protection: count,
});

/** `first`: orders that this reason stands first for, so that these add up to those blocked; `all`: orders that it refuses. */
export const ByReason = z.object({ code, first: count, all: count });
export const ByDay = Counts.extend({ day: z.string() });

export const Summary = Counts.extend({
  byReason: z.array(ByReason),
  byDay: z.array(ByDay),
  byIntent: z.record(z.string(), Counts),
});

export const ReplayReport = z.object({
  version: z.literal(1),
  sources: z.array(Source),
  limits: z.record(z.string(), z.number()),
  summary: Summary,
  orders: z.array(JudgedOrder),
  /** What became of those that filled. */
  cycles: z.array(CycleStory),
  /** What the bot called an order and never sent, e.g. an exit held back as a duplicate. */
  suppressed: z.object({ count, shown: z.array(Evidence) }),
  unread: z.object({ count, shown: z.array(Unread) }),
  /** What no replay of this evidence can know, in words. */
  caveats: z.array(z.string()),
});

export type Unread = z.infer<typeof Unread>;
export type Source = z.infer<typeof Source>;
export type Counts = z.infer<typeof Counts>;
export type Summary = z.infer<typeof Summary>;
export type ReplayReport = z.infer<typeof ReplayReport>;
