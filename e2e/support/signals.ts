/** Sends signals to a running stack, as a strategy would. */
import type { RunningStack } from './stack';

export interface SignalBody {
  id?: string;
  symbol: string;
  action: 'BUY' | 'SELL' | 'EXIT';
  quantity?: number;
  orderType?: 'LMT' | 'MKT';
  entry?: number;
  stop?: number;
  target?: number;
  confidence?: number;
  strategy?: string;
  time?: string;
}

export interface SignalReply {
  status: number;
  result: string;
  codes: string[];
  cycleId: string | null;
  detail: string;
}

let sent = 0;

export async function sendSignal(stack: RunningStack, body: SignalBody): Promise<SignalReply> {
  sent += 1;
  return post(
    stack,
    JSON.stringify({
      id: `e2e-${process.pid}-${sent}`,
      quantity: 1,
      time: new Date().toISOString(),
      ...body,
    }),
  );
}

export async function post(
  stack: RunningStack,
  body: string,
  headers: Record<string, string> = { authorization: `Bearer ${stack.signalKey}` },
): Promise<SignalReply> {
  const response = await fetch(`${stack.workerUrl}/api/signals`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const answer = (await response.json()) as Omit<SignalReply, 'status'>;
  return { ...answer, status: response.status };
}
