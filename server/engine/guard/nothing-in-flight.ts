/** No entry while any order of the instrument is live or in doubt, or owes executions. */
import { isLive, isSettling } from '../model/order';
import { type Guard, verdict } from './input';

export const nothingInFlight: Guard = ({ state, cycle }) => {
  const orders = Object.values(state.orders).filter((order) => order.spec.symbol === cycle.symbol);
  const live = orders.filter((order) => isLive(order) || isSettling(order)).length;
  return verdict(live === 0, {
    guard: 'Orders live',
    code: 'ORDER_IN_FLIGHT',
    observed: live,
    relation: '=',
    limit: 0,
    unit: 'orders',
  });
};
