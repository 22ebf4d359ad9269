/**
 * Commands from the page. Each press has an id; while its fate is unknown (no answer yet, or the answer was lost)
 * the same act keeps the same id, so that a second press can never do it twice.
 */
import type { CommandReply, OperatorCommandInput } from '@/server/link/protocol';
import { type Trouble, troubleOf } from './problem';

export type Action = OperatorCommandInput['action'];

export type CommandOutcome =
  | { kind: 'accepted'; seq: number; notOnDisk?: string }
  | { kind: 'refused'; code: string; why: string }
  | { kind: 'failed'; trouble: Trouble };

export type SendCommand = (command: OperatorCommandInput) => Promise<CommandReply>;

/** 128 random bits. `randomUUID` exists only on a secure origin; a phone over plain HTTP has none. */
export function newCommandId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function outcomeOf(reply: CommandReply): CommandOutcome {
  if (reply.result === 'refused') return { kind: 'refused', code: reply.code, why: reply.why };
  const { seq, notOnDisk } = reply;
  return notOnDisk === undefined ? { kind: 'accepted', seq } : { kind: 'accepted', seq, notOnDisk };
}

/** @returns the function that every button calls. It never throws. */
export function createCommander(send: SendCommand, operator: () => string, makeId = newCommandId) {
  const inDoubt = new Map<string, { commandId: string; running: Promise<CommandOutcome> | null }>();

  return function command(action: Action): Promise<CommandOutcome> {
    const key = JSON.stringify(action);
    const known = inDoubt.get(key);
    if (known?.running) return known.running;
    const entry = {
      commandId: known?.commandId ?? makeId(),
      running: null as Promise<CommandOutcome> | null,
    };
    inDoubt.set(key, entry);
    entry.running = send({ commandId: entry.commandId, operator: operator(), via: 'console', action }).then(
      (reply) => {
        inDoubt.delete(key);
        return outcomeOf(reply);
      },
      (error: unknown) => {
        entry.running = null;
        return { kind: 'failed', trouble: troubleOf(error) };
      },
    );
    return entry.running;
  };
}
