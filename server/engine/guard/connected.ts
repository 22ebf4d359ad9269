/** No entry without a live wire to the broker: nothing is queued to be sent late. */
import { type Guard, verdict } from './input';

export const connected: Guard = ({ state }) =>
  verdict(state.link.phase === 'connected', {
    guard: 'Broker connection',
    code: 'DISCONNECTED',
    observed: state.link.phase,
    relation: '=',
    limit: 'connected',
    unit: 'state',
  });
