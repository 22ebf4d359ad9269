/** Why there is no connection, in a sentence for the operator, with what to do about it. */
import type { IbSettings } from './options';

type Place = Pick<IbSettings, 'host' | 'port' | 'clientId'>;

const at = ({ host, port }: Place) => `${host}:${port}`;

/** @param detail what the socket said; empty when several addresses were tried. */
export function unreachable(place: Place, detail: string): string {
  if (detail === '' || detail.includes('ECONNREFUSED')) {
    return (
      `Nothing listens at ${at(place)}. Start the paper gateway, or TWS / IB Gateway with "Enable ActiveX and Socket Clients" ` +
      `and socket port ${place.port}. Trying again.`
    );
  }
  return `The connection to ${at(place)} failed: ${detail}. Trying again.`;
}

export function clientIdInUse(place: Place): string {
  return (
    `Client id ${place.clientId} is already in use at ${at(place)}: another worker trades through this gateway. ` +
    'Stop it, or set INTERLOCK_CLIENT_ID to another number. Trying again.'
  );
}

/** @param established whether a session had begun. */
export function connectionClosed(place: Place, established: boolean): string {
  return established
    ? `The gateway at ${at(place)} closed the connection. Trying again.`
    : `The gateway at ${at(place)} closed the connection before a session began: ` +
        'is API access enabled there, and this address trusted? Trying again.';
}

export function handshakeStalled(place: Place): string {
  return `The gateway at ${at(place)} took the connection but began no session: is it logged in? Trying again.`;
}

export function silent(place: Place, silenceMs: number): string {
  return `The gateway at ${at(place)} has not answered for ${silenceMs} ms. Connecting anew.`;
}

/** The oldest server version whose every message the client reads rightly: before it, completed orders are misread. */
export const OLDEST_VERSION = 177;

export function tooOld(place: Place, version: number): string {
  return (
    `The gateway at ${at(place)} speaks server version ${version}, and below ${OLDEST_VERSION} its completed orders cannot be read: ` +
    'nothing is sent through it. Update TWS or IB Gateway. Trying again.'
  );
}

/** @param detail IB's text, which names the new port. */
export function portMoved(place: Place, detail: string): string {
  return (
    `The gateway left ${at(place)}: ${detail} Set INTERLOCK_GATEWAY_PORT to the port that is set there now, or set ${place.port} there. ` +
    'Trying again.'
  );
}

export function messageLost(why: string): string {
  return `A message of the broker could not be read and is lost: ${why}. The broker is asked for its report.`;
}
