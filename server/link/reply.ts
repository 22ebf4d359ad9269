/** What the worker may say over the link, checked where it comes in. The view itself is taken as it is: both ends are one release. */
import { z } from 'zod';
import type { StreamMessage, View, WorkerView } from '../engine/view/words';
import { jsonOf } from './json';
import type { CommandReply, LinkReply } from './protocol';

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

const n = z.number().int().min(0);

export const streamMessage: z.ZodType<StreamMessage> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('snapshot'),
    n,
    view: z.custom<View>(isRecord),
    worker: z.custom<WorkerView>(isRecord),
  }),
  z.object({
    kind: z.literal('frame'),
    n,
    set: z.custom<Partial<View>>(isRecord),
    worker: z.custom<WorkerView>(isRecord).optional(),
  }),
]);

export const commandReply: z.ZodType<CommandReply> = z.discriminatedUnion('result', [
  z.object({
    result: z.enum(['accepted', 'repeated']),
    seq: z.number().int(),
    notOnDisk: z.string().optional(),
  }),
  z.object({ result: z.literal('refused'), seq: z.number().int(), code: z.string(), why: z.string() }),
]);

const id = z.number().int();

const linkReply: z.ZodType<LinkReply> = z.union([
  z.object({ kind: z.literal('stream'), message: streamMessage }),
  z.object({
    kind: z.literal('reply'),
    id,
    ok: z.literal(true),
    value: z.union([streamMessage, commandReply, z.null()]),
  }),
  z.object({ kind: z.literal('reply'), id, ok: z.literal(false), error: z.string() }),
]);

/** @returns null when the text is no reply of this protocol. */
export function readReply(text: string): LinkReply | null {
  const parsed = linkReply.safeParse(jsonOf(text));
  return parsed.success ? parsed.data : null;
}
