/** The processes of a stack in the order in which they start; they stop in the reverse order. */
import path from 'node:path';
import type { Settings } from '../settings';
import type { Program } from './keep-alive';
import type { Environment, Market } from './options';
import { accepts, answers, type Probe } from './probe';
import type { ProcessName } from './report';

export interface Planned extends Program {
  name: ProcessName;
  /** Says that the process does its work, not only that it exists. */
  ready: Probe;
  /** Must be ready before this one starts. */
  after: ProcessName | null;
}

const server = path.resolve(import.meta.dirname, '..');

/** The paper gateway is left out when one that runs elsewhere is used. */
export function planned(settings: Settings, market: Market, env: Environment): Planned[] {
  const { gateway } = settings;
  const web: Planned = {
    name: 'web',
    args: [path.join(server, 'stack/web.mjs'), String(settings.webPort)],
    env: { ...env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    ready: answers(`http://127.0.0.1:${settings.webPort}/`),
    after: null,
  };
  const worker: Planned = {
    name: 'worker',
    args: ['--import', 'tsx', path.join(server, 'worker/main.ts')],
    env,
    ready: answers(`http://127.0.0.1:${settings.workerPort}/health`),
    after: gateway.kind === 'paper' ? 'gateway' : null,
  };
  if (gateway.kind === 'external') return [worker, web];
  const paper: Planned = {
    name: 'gateway',
    args: ['--import', 'tsx', path.join(server, 'gateway/main.ts'), ...gatewayArguments(settings, market)],
    env,
    ready: accepts('127.0.0.1', gateway.port),
    after: null,
  };
  return [paper, worker, web];
}

function gatewayArguments(settings: Settings, market: Market): string[] {
  const named: [string, string | null][] = [
    ['--port', String(settings.gateway.port)],
    ['--market', market.day],
    ['--tape', market.tape],
    ['--at', market.at],
    ['--speed', String(settings.clock.speed)],
    ['--seed', market.seed],
  ];
  return named.flatMap(([name, value]) => (value === null ? [] : [name, value]));
}
