/** Answers about the session itself. */
import { NO_ID } from '../wire/fields';
import type { Message } from '../wire/frame';

/** The handshake answer: the agreed version and the exchange-zone time of the connection. */
export const serverVersion = (version: number, connectionTime: string): Message => [version, connectionTime];

export const nextValidId = (orderId: number): Message => [9, 1, orderId];

export const managedAccounts = (account: string): Message => [15, 1, account];

export const currentTime = (epochSeconds: number): Message => [49, 1, epochSeconds];

export const userInfo = (reqId: number): Message => [107, reqId, ''];

/**
 * An error, a warning or a notice: IB sends all three in one message, told apart by code.
 * `id` is the order or request it belongs to, -1 for neither. The last field would hold JSON and is empty here.
 */
export const errorMessage = (id: number, code: number, text: string): Message => [4, 2, id, code, text, ''];

/** What a healthy gateway says right after the handshake: market data, history and contract definitions are there. */
export const farmsConnected = (): Message[] => [
  errorMessage(NO_ID, 2104, 'Market data farm connection is OK:usfuture'),
  errorMessage(NO_ID, 2106, 'HMDS data farm connection is OK:ushmds'),
  errorMessage(NO_ID, 2158, 'Sec-def data farm connection is OK:secdefil'),
];
