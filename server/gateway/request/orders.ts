/**
 * Requests about orders. A placeOrder is read by position (the table is the same for every client from version 177 on);
 * an order with options that this exchange does not have is refused instead of misread.
 */

import type { ContractQuery } from '../../exchange/words';
import type { Fields } from '../wire/fields';
import { readContract } from './contract';
import { refuseOtherOptions } from './order-options';
import type { DecoderTable } from './table';

export type OrderRequest =
  | { kind: 'placeOrder'; orderId: number; contract: ContractQuery; ticket: OrderTicket }
  | { kind: 'cancelOrder'; orderId: number }
  | { kind: 'reqGlobalCancel' }
  | { kind: 'reqOpenOrders' }
  | { kind: 'reqAllOpenOrders' }
  | { kind: 'reqAutoOpenOrders'; autoBind: boolean }
  | { kind: 'reqCompletedOrders'; apiOnly: boolean };

/** An order as the client sends it; prices in the contract's currency, undefined where the client sent none. */
export interface OrderTicket {
  action: string;
  totalQuantity: number;
  orderType: string;
  lmtPrice: number | undefined;
  auxPrice: number | undefined;
  /** TRAIL: the trigger to begin with. */
  trailStopPrice: number | undefined;
  /** 0 unless a stop is triggered otherwise than by the last price. */
  triggerMethod: number;
  /** TRAIL: how far behind, in percent. */
  trailingPercent: number | undefined;
  tif: string;
  ocaGroup: string;
  /** 1 cancel with block, 2 reduce with block, 3 reduce without block; 0 for "not said". */
  ocaType: number;
  account: string;
  orderRef: string;
  transmit: boolean;
  /** 0 for none. */
  parentId: number;
  outsideRth: boolean;
  whatIf: boolean;
  /** Attributes that TWS knows by name and refuses. */
  eTradeOnly: boolean;
  firmQuoteOnly: boolean;
  nbboPriceCap: number | undefined;
}

export const orderDecoders: DecoderTable<OrderRequest> = {
  3: (f) => {
    const orderId = f.id(1);
    refuseOtherOptions(f);
    return { kind: 'placeOrder', orderId, contract: readContract(f, 2), ticket: readTicket(f) };
  },
  4: (f, version) => ({ kind: 'cancelOrder', orderId: f.id(version >= 192 ? 1 : 2) }),
  5: () => ({ kind: 'reqOpenOrders' }),
  15: (f) => ({ kind: 'reqAutoOpenOrders', autoBind: f.flag(2) }),
  16: () => ({ kind: 'reqAllOpenOrders' }),
  58: () => ({ kind: 'reqGlobalCancel' }),
  99: (f) => ({ kind: 'reqCompletedOrders', apiOnly: f.flag(1) }),
};

function readTicket(f: Fields): OrderTicket {
  return {
    action: f.text(16),
    totalQuantity: f.decimal(17) ?? 0,
    orderType: f.text(18),
    lmtPrice: f.decimal(19),
    auxPrice: f.decimal(20),
    tif: f.text(21),
    ocaGroup: f.text(22),
    account: f.text(23),
    orderRef: f.text(26),
    transmit: f.flag(27),
    parentId: f.integer(28),
    outsideRth: f.flag(33),
    ocaType: f.integer(46),
    trailStopPrice: f.decimal(68),
    trailingPercent: f.decimal(69),
    triggerMethod: f.integer(32),
    eTradeOnly: f.flag(52),
    firmQuoteOnly: f.flag(53),
    nbboPriceCap: f.decimal(54),
    whatIf: f.flag(84),
  };
}
