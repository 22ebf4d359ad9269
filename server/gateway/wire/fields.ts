/**
 * Reads the fields of one request by position. Empty and missing fields are "not set", surplus fields are ignored:
 * clients of different ages send the same request with more or fewer fields at its end.
 */

/** "No value" of a decimal (Java's Double.MAX_VALUE) as IB writes it. */
export const UNSET_DECIMAL = '1.7976931348623157E308';
/** "No value" of an integer (Java's Integer.MAX_VALUE). */
export const UNSET_INTEGER = 2_147_483_647;
/** "No value" of a long (Java's Long.MAX_VALUE), beyond what a double can hold: text. */
export const UNSET_LONG = '9223372036854775807';
/** The id of what belongs to no request. */
export const NO_ID = -1;

/** IB: 320 "error reading request", 321 "error validating request". */
export type RefusalCode = 320 | 321;

/** A request that cannot be read or is not served: an error message for the client, never a lost connection. */
export class RequestRefused extends Error {
  constructor(
    readonly requestId: number,
    readonly code: RefusalCode,
    reason: string,
  ) {
    super(reason);
  }
}

export class Fields {
  private requestId = NO_ID;

  constructor(private readonly values: readonly string[]) {}

  /** The id of this request (or order); remembered, so that a refusal further on can name it. */
  id(index: number): number {
    this.requestId = this.integer(index);
    return this.requestId;
  }

  text(index: number): string {
    return this.values[index] ?? '';
  }

  /** A whole number; `whenUnset` for an empty, missing or unset field. */
  integer(index: number, whenUnset = 0): number {
    const value = this.decimal(index);
    if (value === undefined || value === UNSET_INTEGER) return whenUnset;
    if (!Number.isSafeInteger(value)) throw this.unreadable(index, 'a whole number');
    return value;
  }

  /** A decimal, or undefined for an empty, missing or unset field. */
  decimal(index: number): number | undefined {
    const text = this.text(index).trim();
    if (text === '') return undefined;
    const value = Number(text);
    if (!Number.isFinite(value)) throw this.unreadable(index, 'a number');
    return value === Number.MAX_VALUE ? undefined : value;
  }

  flag(index: number): boolean {
    const text = this.text(index).toLowerCase();
    return text === '1' || text === 'true';
  }

  /** For a request that is well formed but asks for what this gateway does not do. */
  refuse(reason: string): RequestRefused {
    return new RequestRefused(this.requestId, 321, reason);
  }

  private unreadable(index: number, expected: string): RequestRefused {
    const reason = `field ${index} is "${this.text(index)}" where ${expected} is expected`;
    return new RequestRefused(this.requestId, 320, reason);
  }
}
