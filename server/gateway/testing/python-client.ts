/**
 * A client that speaks as Python's ib_async 2.0.1 does: its version offer, its start-up burst, its raw defaults, and its strictness about
 * what it receives. The next best to that client itself, which the npm registry does not hold.
 */
import { complaintAbout } from './python-shapes';
import type { RawClient } from './raw-client';

const ACCOUNT = 'DU1234567';

export class PythonClient {
  /** Every frame after the version answer. */
  readonly heard: string[][] = [];

  constructor(private readonly line: RawClient) {}

  /** Connects and synchronises as `IB.connect` does; returns when each of its questions has its end. */
  async start(clientId: number): Promise<void> {
    this.line.offer('v157..178');
    const [version] = (await this.line.next()) ?? [];
    if (version !== '178') throw new Error(`version ${version} was agreed`);
    this.line.send(71, 2, clientId, '');
    await this.until('9');
    if (clientId === 0) this.line.send(15, 1, 1);
    this.line.send(61, 1);
    this.line.send(5, 1);
    this.line.send(99, 0);
    this.line.send(6, 2, 1, ACCOUNT);
    this.line.send(76, 1, 1, ACCOUNT, '', 0);
    for (const end of ['62', '53', '102', '54', '74']) await this.until(end);
    this.line.send(7, 3, 2, 0, '', '', '', '', '', '');
    await this.until('55');
  }

  send(...fields: (string | number)[]): void {
    this.line.send(...fields);
  }

  /** The first frame, past or to come, with that message id and those next fields. @throws when a frame came that it would not take */
  async until(messageId: string, ...fields: string[]): Promise<string[]> {
    const fits = (frame: string[]) => [messageId, ...fields].every((text, i) => frame[i] === text);
    for (;;) {
      const found = this.heard.find(fits);
      if (found) return found;
      const frame = await this.line.next();
      if (!frame) throw new Error(`closed before message ${messageId} came`);
      const complaint = complaintAbout(frame);
      if (complaint) throw new Error(complaint);
      this.heard.push(frame);
    }
  }
}

const FIELDS = 114;
/** Where it writes a zero and others write nothing. */
const ZEROS = [
  ...[25, 28, 29, 30, 31, 32, 33, 34, 43, 46, 49, 52, 53, 55, 61, 66, 77, 80, 81, 84, 86, 87, 88, 89, 96],
  ...[105, 106, 107, 108, 111],
];

/** The 114 fields of its placeOrder for one ES contract; `said` holds what the order sets, by field number. */
export function pythonOrder(orderId: number, said: Readonly<Record<number, string>>): string[] {
  const defaults: Record<number, string> = {
    ...{ 0: '3', 1: `${orderId}`, 3: 'ES', 4: 'FUT', 5: '202512', 6: '0.0', 9: 'CME', 11: 'USD' },
    ...{ 17: '1', 24: 'O', 27: '1', 36: '0.0', 45: '-1' },
  };
  return Array.from({ length: FIELDS }, (_, i) => said[i] ?? defaults[i] ?? (ZEROS.includes(i) ? '0' : ''));
}

/** Field numbers of placeOrder (ib-protocol 2.2), for `pythonOrder`. */
export const FIELD = {
  action: 16,
  quantity: 17,
  orderType: 18,
  lmtPrice: 19,
  auxPrice: 20,
  tif: 21,
  orderRef: 26,
  transmit: 27,
  parentId: 28,
  whatIf: 84,
} as const;
