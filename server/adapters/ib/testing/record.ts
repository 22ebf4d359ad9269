/** An order as our paper gateway shows it, for tests that put the messages of a real gateway into a script. */
import { frontContract } from '../../../exchange/contracts';
import type { OrderRecord } from '../../../exchange/words';
import type { Message } from '../../../gateway/wire/frame';
import type { Fields } from './scripted-gateway';

/** A working market order for one ES contract, of ours; what a test does not name is plain. */
export function record(fields: Partial<OrderRecord> = {}): OrderRecord {
  return {
    clientId: 17,
    orderId: 100,
    permId: 9001,
    orderRef: 'c-test-1:entry',
    contract: frontContract('ES', Date.parse('2025-12-12T14:45:00Z')),
    account: 'DU1234567',
    action: 'BUY',
    totalQuantity: 1,
    orderType: 'MKT',
    lmtPrice: undefined,
    auxPrice: undefined,
    tif: 'DAY',
    parentId: 0,
    parentPermId: 0,
    ocaGroup: '',
    ocaType: 3,
    outsideRth: true,
    status: 'PreSubmitted',
    whyHeld: '',
    filled: 0,
    remaining: 1,
    avgFillPrice: 0,
    lastFillPrice: 0,
    completedTs: undefined,
    completedStatus: '',
    ...fields,
  };
}

/** Booleans travel as 1 and 0. */
export function fieldsOf(message: Message): Fields {
  return message.map((field) => (typeof field === 'boolean' ? Number(field) : field));
}
