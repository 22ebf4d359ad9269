/**
 * Identity. Every reference is derived from data that arrived in an event, never drawn at random,
 * so that replaying the journal gives the same references and the broker's echo can be matched.
 */
declare const brand: unique symbol;
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** One trade, flat to flat: the id that the signal, its guards, its orders and its P&L share. */
export type CycleId = Brand<string, 'CycleId'>;
/** `<cycleId>:<role>[-n]`: travels to the broker as `orderRef` and comes back with every callback. */
export type OrderRef = Brand<string, 'OrderRef'>;
/** `<cycleId>:proposal`: the exact order that a WAIT blocks. */
export type ProposalId = Brand<string, 'ProposalId'>;

export type OrderRole = 'entry' | 'target' | 'stop' | 'exit' | 'emergency';
const ROLES: readonly OrderRole[] = ['entry', 'target', 'stop', 'exit', 'emergency'];

/** @param ts exchange time of the opening event (ms since the epoch); @param seq its journal seq. Unique even across databases. */
export function cycleIdOf(ts: number, seq: number): CycleId {
  return `c-${ts.toString(36)}-${seq.toString(36)}` as CycleId;
}

/** For contracts that no signal opened: one step may adopt several instruments. */
export function adoptedCycleIdOf(ts: number, seq: number, symbol: string): CycleId {
  return `c-${ts.toString(36)}-${seq.toString(36)}x${symbol.toLowerCase()}` as CycleId;
}

export function isAdoptedId(cycleId: CycleId, symbol: string): boolean {
  return cycleId.endsWith(`x${symbol.toLowerCase()}`);
}

export function proposalIdOf(cycleId: CycleId): ProposalId {
  return `${cycleId}:proposal` as ProposalId;
}

/** @param attempt 1 for the first order of that role in the cycle; later ones carry their number. */
export function orderRefOf(cycleId: CycleId, role: OrderRole, attempt = 1): OrderRef {
  return `${cycleId}:${role}${attempt === 1 ? '' : `-${attempt}`}` as OrderRef;
}

/** The attempt after the last of that role, whatever number that bore: a reference is never given twice (I7). */
export function attemptAfter(refs: readonly string[], role: OrderRole): number {
  const taken = refs.map((ref) => parseOrderRef(ref)).filter((ours) => ours?.role === role);
  return 1 + Math.max(0, ...taken.map((ours) => ours?.attempt ?? 0));
}

/** The cycle and role inside a reference, or null when the reference is not one of ours (a manual or foreign order). */
export function parseOrderRef(text: string): { cycleId: CycleId; role: OrderRole; attempt: number } | null {
  const match = /^(c-[0-9a-z]+-[0-9a-z]+):([a-z]+)(?:-(\d+))?$/.exec(text);
  const role = ROLES.find((known) => known === match?.[2]);
  if (!match || !role) return null;
  return { cycleId: match[1] as CycleId, role, attempt: match[3] ? Number(match[3]) : 1 };
}

/** 64-bit FNV-1a of a text, in hex: binds an approval to the exact proposal a person saw. */
export function digestOf(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}

export type ById<T> = Readonly<Record<string, T>>;
