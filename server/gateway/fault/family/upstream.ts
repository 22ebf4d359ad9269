/**
 * Between the gateway and IB. While the connection is lost a client hears the gateway itself (the time, notices) and nothing of IB;
 * orders wait in the gateway until it is back, or are lost (ib-protocol 3.11); questions are lost.
 */
import { errorMessage } from '../../answer/system';
import { NO_ID } from '../../wire/fields';
import type { Message } from '../../wire/frame';
import type { Fault } from '../fault';
import { IN, MARKET_DATA, ORDERS, OUT } from '../ids';
import { arrives, type Family, type Fate, type Hands, LOST, passes, type Scene } from '../scene';

const TEXT = {
  1100: 'Connectivity between IBKR and Trader Workstation has been lost.',
  1101: 'Connectivity between IBKR and Trader Workstation has been restored - data lost.',
  1102: 'Connectivity between IBKR and Trader Workstation has been restored - data maintained. All data farms are connected: usfuture; ushmds; secdefil.',
  2103: 'Market data farm connection is broken:usfuture',
  2104: 'Market data farm connection is OK:usfuture',
  2105: 'HMDS data farm connection is broken:ushmds',
  2106: 'HMDS data farm connection is OK:ushmds',
  10197: 'No market data during competing live session',
} as const;

const NO_HISTORY = 'Historical Market Data Service error message:HMDS data farm connection is broken';

export const upstreamFamily: Family = {
  outgoing(message, scene) {
    const id = String(message[0]);
    if (cut(scene) && !local(message, scene)) return LOST;
    if (id === OUT.managedAccounts && cut(scene)) return [...passes(message), ...passes(notice(1100))];
    if (MARKET_DATA.has(id) && (scene.on('farmsBroken') || scene.on('competingSession'))) return LOST;
    return passes(message);
  },
  incoming,
  begins(fault, hands) {
    switch (fault.kind) {
      case '1100->1101':
      case '1100->1102':
        tell(hands, fault, notice(1100));
        break;
      case 'farmsBroken':
        tell(hands, fault, notice(2103), notice(2105));
        break;
      case 'competingSession':
        for (const client of concerned(hands, fault)) {
          for (const { tickerId } of client.feeds) {
            if (tickerId !== undefined) client.send(errorMessage(tickerId, 10197, TEXT[10197]));
          }
        }
        break;
      default:
        break;
    }
  },
  ends(fault, hands) {
    switch (fault.kind) {
      case '1100->1101':
        for (const client of concerned(hands, fault)) client.loseMarketData();
        tell(hands, fault, notice(1101));
        break;
      case '1100->1102':
        tell(hands, fault, notice(1102));
        break;
      case 'farmsBroken':
        tell(hands, fault, notice(2104), notice(2106));
        break;
      default:
        break;
    }
  },
};

function incoming(values: readonly string[], scene: Scene): Fate {
  const [id = ''] = values;
  const lost = cut(scene);
  if (lost && id !== IN.startApi && id !== IN.reqCurrentTime && scene.clientId !== undefined) {
    return ORDERS.has(id) && lost.keepOrders ? { hold: lost.kind } : 'gone';
  }
  if (id === IN.reqHistoricalData && scene.on('farmsBroken')) {
    scene.say(errorMessage(Number(values[1]), 162, NO_HISTORY));
    return 'gone';
  }
  if (id === IN.reqMktData && scene.on('competingSession')) {
    scene.say(errorMessage(Number(values[2]), 10197, TEXT[10197]));
  }
  return arrives(values);
}

function cut(scene: Scene) {
  return scene.on('1100->1101') ?? scene.on('1100->1102');
}

/** The gateway's own words: notices, the time, and all of a handshake but that the farms are connected. */
function local(message: Message, scene: Scene): boolean {
  if (isFarmNotice(message)) return false;
  if (scene.clientId === undefined || scene.answering === IN.startApi) return true;
  const id = String(message[0]);
  return id === OUT.currentTime || (id === OUT.error && message[2] === NO_ID);
}

function isFarmNotice(message: Message): boolean {
  return String(message[0]) === OUT.error && [2104, 2106, 2158].includes(Number(message[3]));
}

function concerned(hands: Hands, { client: only }: Fault) {
  return [...hands.clients].filter((client) => only === undefined || client.id === only);
}

function tell(hands: Hands, fault: Fault, ...messages: Message[]): void {
  for (const client of concerned(hands, fault)) client.send(...messages);
}

const notice = (code: keyof typeof TEXT): Message => errorMessage(NO_ID, code, TEXT[code]);
