// The errors that IB answers a request with, by number and in its words (ib-protocol 3.4 to 3.9).
import type { OrderStatusWord } from './words';

export interface Refusal {
  readonly code: number;
  readonly text: string;
}

/** Every refusal of a request that never becomes, or never changes, an order. */
export const refuse = {
  duplicateId: (): Refusal => ({ code: 103, text: 'Duplicate order id' }),
  alreadyFilled: (): Refusal => ({ code: 104, text: 'Cannot modify a filled order.' }),
  notTheSameOrder: (): Refusal => ({
    code: 105,
    text: 'Order being modified does not match original order.',
  }),
  offGrid: (): Refusal => ({
    code: 110,
    text: 'The price does not conform to the minimum price variation for this contract.',
  }),
  parentGone: (parentId: number): Refusal => ({ code: 135, text: `Can't find order with id = ${parentId}` }),
  noSuchContract: (): Refusal => ({
    code: 200,
    text: 'No security definition has been found for the request',
  }),
  ambiguousContract: (symbol: string): Refusal => ({
    code: 200,
    text: `The contract description specified for ${symbol} is ambiguous.`,
  }),
  invalid: (cause: string): Refusal => ({
    code: 321,
    text: `Error validating request.-'bF' : cause - ${cause}`,
  }),
  trailsNoMarketOrder: (): Refusal => ({
    code: 328,
    text: 'Trailing stop orders can be attached to limit or stop-limit orders only.',
  }),
  typeChange: (): Refusal => ({
    code: 329,
    text: 'Order modify failed. Cannot change to the new order type.',
  }),
  tooLarge: (sizeMax: number): Refusal => ({
    code: 383,
    text: `The following order size exceeds the Size Limit of ${sizeMax}.\nRestriction is specified in Precautionary Settings of Global Configuration/Presets.`,
  }),
  tooValuable: (valueMax: number): Refusal => ({
    code: 382,
    text: `The following order value exceeds the Value Limit of ${valueMax} USD.\nRestriction is specified in Precautionary Settings of Global Configuration/Presets.`,
  }),
  noSize: (): Refusal => ({ code: 434, text: 'The order size cannot be zero.' }),
  stillProcessed: (): Refusal => ({
    code: 2102,
    text: 'Unable to modify this order as it is still being processed.',
  }),
  missingParent: (): Refusal => ({ code: 10006, text: 'Missing parent order.' }),
  fractionalSize: (): Refusal => ({ code: 10243, text: 'Fractional-sized order cannot be placed via API.' }),
  ocaGroupChange: (): Refusal => ({ code: 10326, text: 'OCA group revision is not allowed.' }),
  ocaTypeChange: (): Refusal => ({ code: 10327, text: 'OCA type revision is not allowed.' }),
  parentChange: (): Refusal => ({ code: 10341, text: 'Parent order revision is not allowed.' }),
  cancelUnknown: (orderId: number): Refusal => ({
    code: 10147,
    text: `OrderId ${orderId} that needs to be cancelled is not found.`,
  }),
  cancelDone: (orderId: number, state: OrderStatusWord): Refusal => ({
    code: 10148,
    text: `OrderId ${orderId} that needs to be cancelled cannot be cancelled, state: ${state}.`,
  }),
  notCancellable: (permId: number): Refusal => ({
    code: 161,
    text: `Cancel attempted when order is not in a cancellable state.  Order permId =${permId}`,
  }),
} as const;

/** The news about an order that was accepted. */
export const notice = {
  rejected: (reason: string): Refusal => ({ code: 201, text: `Order rejected - reason:${reason}` }),
  cancelled: (): Refusal => ({ code: 202, text: 'Order Canceled - reason:' }),
  waitsForOpen: (order: string, opensAt: string): Refusal => ({
    code: 399,
    text: `Order Message:\n${order}\nWarning: Your order will not be placed at the exchange until ${opensAt}.`,
  }),
} as const;
