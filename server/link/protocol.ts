/**
 * The typed pipe between the worker and whoever watches it (web server, command line): JSON messages over a WebSocket on 127.0.0.1,
 * opened with the key that lies in INTERLOCK_HOME. Commands are answered when they are journaled; their effect is seen in the stream.
 */
import { z } from 'zod';
import type { StreamMessage } from '../engine/view/words';

const reason = z.string().trim().max(500);
const scope = z.string().min(1).max(16);

const ticks = z.number().int().min(1).max(10_000);
/** `null` is off. */
const exitRules = z.strictObject({
  maxMinutes: z.number().int().min(1).max(10_080).nullable(),
  breakEvenAfterTicks: ticks.nullable(),
  trail: z.strictObject({ afterTicks: ticks, byTicks: ticks }).nullable(),
});

export const operatorAction = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('HaltEntries'), scope, reason }),
  z.strictObject({ kind: z.literal('Halt'), scope, reason }),
  z.strictObject({ kind: z.literal('CancelEntries'), scope, reason }),
  z.strictObject({ kind: z.literal('Flatten'), scope, reason }),
  z.strictObject({ kind: z.literal('AbandonFlatten'), reason }),
  z.strictObject({ kind: z.literal('Resume'), scope, reason }),
  z.strictObject({ kind: z.literal('ExitPosition'), cycleId: z.string().min(1).max(64), reason }),
  z.strictObject({
    kind: z.literal('SetExitRules'),
    cycleId: z.string().min(1).max(64),
    rules: exitRules,
    reason,
  }),
  z.strictObject({
    kind: z.literal('DecideOrphan'),
    cycleId: z.string().min(1).max(64),
    decision: z.enum(['adopt', 'flatten', 'ignore']),
    reason,
  }),
  z.strictObject({
    kind: z.literal('ApproveProposal'),
    proposalId: z.string().min(1).max(80),
    digest: z.string().min(1).max(64),
    reason,
  }),
  z.strictObject({ kind: z.literal('RejectProposal'), proposalId: z.string().min(1).max(80), reason }),
]);

/** Input of every kill switch and of approve, reject, exit, resume. */
export const operatorCommand = z.strictObject({
  commandId: z.string().min(8).max(64),
  operator: z.string().trim().min(1).max(64),
  via: z.enum(['console', 'cli', 'test']),
  action: operatorAction,
});
export type OperatorCommandInput = z.infer<typeof operatorCommand>;

export const linkRequest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('command'), id: z.number().int(), command: operatorCommand }),
  z.strictObject({ kind: z.literal('snapshot'), id: z.number().int() }),
  z.strictObject({ kind: z.literal('subscribe'), id: z.number().int() }),
]);
export type LinkRequest = z.infer<typeof linkRequest>;

/** `refused` carries the engine's reason code and words; the command is journaled all the same. */
export type CommandReply =
  | {
      result: 'accepted' | 'repeated';
      seq: number /** Why it would not survive a restart; absent when it is on disk. */;
      notOnDisk?: string;
    }
  | { result: 'refused'; seq: number; code: string; why: string };

export type LinkReply =
  | { kind: 'reply'; id: number; ok: true; value: CommandReply | StreamMessage | null }
  | { kind: 'reply'; id: number; ok: false; error: string }
  | { kind: 'stream'; message: StreamMessage };

/** Path of the WebSocket on the worker's port, and the header that carries the key. */
export const LINK_PATH = '/link';
export const LINK_KEY_HEADER = 'x-interlock-key';
