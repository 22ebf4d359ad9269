/** Logs made for tests, in the bot's words and on the facts of 12 December. */
import { Readable } from 'node:stream';
import { readLogs } from '../log/read';
import type { Found } from '../report/assemble';

const HEAD = 'CST | INFO     | mytrader.execution.ib_executor:place_order:1618 -';
export const at = (time: string, text: string) => `2025-12-12 ${time} ${HEAD} ${text}`;

/** 14812: the strategy was hardly sure, the advisor said WAIT and was not obeyed, one was held short, and nothing protected it. */
export const INCIDENT: readonly string[] = [
  at('08:53:05', 'Got last price: 6890.50'),
  at('08:53:08', 'Reconciled position: ES qty=-1 secType=FUT price=6892.75 multiplier=50.0'),
  at('08:53:10', '🤖 Hybrid Pipeline: SCALP_BUY (conf=0.36, trend=RANGE, vol=MEDIUM)'),
  at('08:53:11', 'Decision Agent response: WAIT (confidence: 50%)'),
  at('08:53:11', 'AWS WAIT advisory only: allowed to trade'),
  at(
    '08:53:12',
    '🛡️ Protection snapshot | SCALP_BUY entry=6890.50 SL=6890.25 (0.25) TP=6890.75 (0.25) fallback=no',
  ),
  at('08:53:13', '📱 Sending Telegram alert: BUY 1 @ 6890.50, SL=None, TP=None'),
  at(
    '08:53:13',
    "Trade(contract=Contract(secType='FUT', symbol='ES', lastTradeDateOrContractMonth='20251219'), order=LimitOrder(orderId=14812, clientId=11, action='BUY', totalQuantity=1, lmtPrice=6890.5))",
  ),
  at('08:53:20', '📊 Order 14812 status: Filled (filled=1.0, remaining=0.0, avg=6890.50)'),
  at('08:53:20', '✅ Execution: Order 14812, qty=1.0, price=6890.50, slippage=$0.00'),
];

export const textOf = (lines: readonly string[]) => lines.map((line) => `${line}\n\n`).join('');

/** Reads bytes as standard input brings them, in pieces. */
export function readText(text: string | Buffer, pieceBytes = 1 << 16): Promise<Found> {
  const bytes = Buffer.from(text);
  const pieces = Array.from({ length: Math.ceil(bytes.length / pieceBytes) }, (_, n) =>
    bytes.subarray(n * pieceBytes, (n + 1) * pieceBytes),
  );
  return readLogs(['-'], { stdin: Readable.from(pieces) });
}
