/** Why a port cannot be had, as one sentence that says what to do. */
import { StartRefused } from './tape-file';

/**
 * @param option of the command line that chooses the port
 * @returns what to throw: the error itself when it is no affair of the port
 */
export function unlistenable(error: unknown, at: { host: string; port: number }, option = 'port'): unknown {
  const { host, port } = at;
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return new StartRefused(
        `Port ${port} on ${host} is in use; stop what listens there or choose another --${option}.`,
      );
    case 'EACCES':
      return new StartRefused(
        `Port ${port} may not be opened by this user; choose a --${option} above 1023.`,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartRefused(`${host} is no address of this machine; choose another --host.`);
    default:
      return error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
