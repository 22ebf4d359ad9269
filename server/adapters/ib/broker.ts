/** The Broker over IB's socket. Events never arrive inside the caller's stack of `send`, and none arrives after `stop`. */
import type { BrokerCommand } from '../../engine/model/command';
import type { BrokerEvent } from '../../engine/model/event';
import type { Broker } from '../../ports';
import { openTradingDesk } from './desk';
import type { Beat } from './heartbeat';
import { createInstruments } from './instruments';
import { createLink } from './link';
import { DEFAULT_TIMING, type IbBrokerOptions, type IbSettings, REAL_OUTSIDE } from './options';
import { createOrderIds } from './order-ids';
import { unsentEvents } from './unsent';

export function createIbBroker(options: IbBrokerOptions): Broker {
  const settings: IbSettings = { ...DEFAULT_TIMING, ...REAL_OUTSIDE, ...options };
  const memory = {
    instruments: createInstruments(options.instruments),
    orderIds: createOrderIds(settings.clock, settings.clientId, settings.lastOrderId),
  };
  let listener: ((event: BrokerEvent) => void) | null = null;
  let lastBeat: Beat | null = null;
  let sending = false;

  function emit(event: BrokerEvent): void {
    if (sending) queueMicrotask(() => listener?.(event));
    else listener?.(event);
  }

  const link = createLink(settings, emit, {
    openDesk: (wire) => openTradingDesk(wire, memory),
    beat: (beat) => {
      lastBeat = beat;
    },
  });

  function send(command: BrokerCommand): void {
    const current = link.current();
    try {
      if (current.desk !== null) current.desk.send(command);
      else unsentEvents(command, current.why).forEach(emit);
    } catch (error) {
      settings.log.error({ err: error, command }, 'A command could not be handed to the broker.');
      unsentEvents(command, `It could not be written: ${error}`).forEach(emit);
    }
  }

  return {
    start: (emitTo) => {
      listener = emitTo;
      link.start();
    },
    send: (command) => {
      sending = true;
      try {
        send(command);
      } finally {
        sending = false;
      }
    },
    heartbeat: () => lastBeat,
    stop: async () => {
      listener = null;
      await link.stop();
    },
  };
}
