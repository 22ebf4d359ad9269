/** Words and numbers for people: one formatter each, used by every view. */
import type { Order } from '../model/order';

export function priceText(price: number): string {
  const [whole = '0', fraction = ''] = price.toFixed(2).split('.');
  return `${grouped(whole)}.${fraction}`;
}

/** @returns e.g. +$412.50 or -$30.00; exact to the cent, halves away from zero. */
export function moneyText(micros: number): string {
  const cents = Math.round(Math.abs(micros) / 10_000);
  const dollars = grouped(String(Math.floor(cents / 100)));
  return `${micros < 0 ? '-' : '+'}$${dollars}.${String(cents % 100).padStart(2, '0')}`;
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** What an order's status means, beside IB's own word. */
export function orderPlainly(order: Order): string {
  switch (order.phase) {
    case 'Pending':
      return 'sent, no answer yet';
    case 'Unknown':
      return 'in doubt: asking the broker';
    case 'Cancelling':
      return 'cancel asked for';
    case 'Absent':
      return order.text ?? 'not out there';
    case 'Filled':
      return 'filled';
    case 'Cancelled':
      return order.text ?? 'cancelled';
    case 'Rejected':
      return order.text ?? 'refused by the broker';
    case 'Working':
      if (order.outOfReach) return 'under another client id: cancel it in TWS';
      if (order.whyHeld.includes('child')) return 'waits for the entry to fill';
      if (order.spec.type.startsWith('STP')) return 'held by IB until its trigger';
      return 'working at the exchange';
  }
}
