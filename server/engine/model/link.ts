/** How the worker is connected to the gateway. */

export interface BrokerLink {
  phase: 'disconnected' | 'connecting' | 'connected';
  detail: string;
  sinceHostMs: number;
  account: string | null;
  /** Under which client id the worker is connected: IB lets it change and cancel the orders of that one only. */
  clientId: number | null;
  paper: boolean;
  serverVersion: number | null;
}

export const UNLINKED: BrokerLink = {
  phase: 'disconnected',
  detail: 'not started',
  sinceHostMs: 0,
  account: null,
  clientId: null,
  paper: true,
  serverVersion: null,
};
