/** What the terminal shows when the stack is ready: where to look, how to send a signal, how to stop. */
import path from 'node:path';
import type { Settings } from '../settings';
import type { Market } from './options';

/** @param tookMs from the start of the stack until everything answered. */
export function banner(settings: Settings, market: Market, tookMs: number): string {
  const { gateway, home, keysDir, webPort, workerPort } = settings;
  const signals = `http://127.0.0.1:${workerPort}/api/signals`;
  return `
Interlock is ready (${(tookMs / 1000).toFixed(1)} s): ${describeMarket(settings, market)}

  Console   http://127.0.0.1:${webPort}
  Signals   ${signals}
  Gateway   ${gateway.host}:${gateway.port}
  Kept in   ${home}

  Send a first signal. It will be denied, because it asks for no stop; then add "stop" and "target".
${signalExample(signals, path.join(keysDir, 'signal.key'), settings.symbols[0] ?? 'ES')}

  Ctrl-C stops everything.
`;
}

function describeMarket(settings: Settings, market: Market): string {
  if (settings.gateway.kind === 'external') return 'trading through a gateway that runs elsewhere.';
  const kind =
    market.tape === null ? `a synthetic market (${market.day})` : `the tape ${path.basename(market.tape)}`;
  const from = market.at === null ? '' : ` from ${market.at}`;
  const speed = settings.clock.speed === 1 ? '' : ` at ${settings.clock.speed} times its speed`;
  const source = settings.demo ? ', with the demo signal source' : '';
  return `paper trading on ${kind}${from}${speed}${source}.`;
}

/** Ready to paste into a shell. The key is read from its file, so that it shows on no screen. */
function signalExample(url: string, keyFile: string, symbol: string): string {
  const signal = `{"id":"first-$(date +%s)","symbol":"${symbol}","action":"BUY","quantity":1,"time":$(date +%s)000}`;
  return `  curl ${url} -H 'Content-Type: application/json' \\
    -H "Authorization: Bearer $(cat '${keyFile}')" \\
    -d "${signal.replaceAll('"', '\\"')}"`;
}
