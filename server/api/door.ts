/** The worker as the API sees it: the link, with its failures put into the API's words. One link serves every page of this process. */
import type { LinkClient } from '../link/connect';
import type { CommandReply, OperatorCommandInput } from '../link/protocol';
import { problem } from './errors';

export interface WorkerHealth {
  reachable: boolean;
  /** Host time of the last word from the worker, ms. */
  heardHostMs: number | null;
  /** Why it cannot be reached, as a sentence. */
  why: string | null;
}

export interface WorkerDoor {
  /** Calls `listener` with a snapshot as soon as there is one, then with every frame. @returns the function that ends it. */
  watch: LinkClient['subscribe'];
  /** Resolves when the command is journaled. @throws problem WORKER_UNREACHABLE */
  command(command: OperatorCommandInput): Promise<CommandReply>;
  health(): WorkerHealth;
}

export function workerDoor(link: Pick<LinkClient, 'subscribe' | 'command' | 'status'>): WorkerDoor {
  return {
    watch: (listener) => link.subscribe(listener),
    command: async (command) => {
      try {
        return await link.command(command);
      } catch (error) {
        const words = error instanceof Error ? error.message : String(error);
        throw problem(
          'WORKER_UNREACHABLE',
          `The worker did not confirm it: ${words} Stops that rest at the broker stay. Press again (it is the same command), or act in TWS.`,
          error,
        );
      }
    },
    health: () => {
      const { connected, lastHeardHostMs, detail } = link.status();
      return {
        reachable: connected,
        heardHostMs: lastHeardHostMs,
        why: connected || detail === '' ? null : detail,
      };
    },
  };
}
