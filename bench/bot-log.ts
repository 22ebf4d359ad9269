/**
 * A bot's log of any length, made up: a candle a minute with its prices, position lines, signal and levels, and now and then an order with
 * all that is said of one, in the proportions of two real days: as many lines and words of the bot in a MB, a blank line after each entry,
 * and an exit that the bot holds back again and again.
 */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { WORDS } from '../server/replay/log/words';
import { figure } from './section';

export const MINUTES_AN_ORDER = 20;
/** Measured by `densityOf` on the bot's logs of 23 and 26 December 2025, one after the other. */
export const REAL_DENSITY = '14,040 lines and 2,396 words of the bot, 106 of them orderId=';
const SAMPLE_BYTES = 16 * 1_024 * 1_024;
const isHeldBack = (minute: number) => minute % 3 === 1;
const EPOCH = Date.UTC(2025, 0, 6, 6, 0, 0);

export interface Written {
  bytes: number;
  orders: number;
  heldBack: number;
}

/** @returns bytes written to `file`, `bytes` or a little more, and what is in them. */
export async function writeBotLog(
  file: string,
  bytes: number,
  minutesAnOrder = MINUTES_AN_ORDER,
): Promise<Written> {
  const out = createWriteStream(file, { highWaterMark: 1 << 20 });
  let written = 0;
  let orders = 0;
  let heldBack = 0;
  for (let minute = 0; written < bytes; minute += 1) {
    const ordering = minute % minutesAnOrder === 0;
    const text = candle(minute, ordering ? 1_000 + orders : null);
    orders += ordering ? 1 : 0;
    heldBack += isHeldBack(minute) ? 1 : 0;
    written += Buffer.byteLength(text);
    await put(out, text);
  }
  out.end();
  await finished(out);
  return { bytes: written, orders, heldBack };
}

/** How much the scan has to do in a MB of its beginning, in words. */
export async function densityOf(file: string): Promise<string> {
  const handle = await open(file);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(SAMPLE_BYTES));
  await handle.close();
  const text = buffer.toString('latin1', 0, bytesRead);
  const count = (what: string) => text.split(what).length - 1;
  const aMb = (total: number) => figure(total / (bytesRead / 1e6));
  const words = WORDS.reduce((sum, { anchor }) => sum + count(anchor), 0);
  return `${aMb(count('\n'))} lines and ${aMb(words)} words of the bot, ${aMb(count('orderId='))} of them orderId=`;
}

async function put(out: Writable, text: string): Promise<void> {
  if (!out.write(text)) await once(out, 'drain');
}

type Say = (second: number, place: string, text: string) => void;

function candle(minute: number, orderId: number | null): string {
  const price = 6_900 + ((minute * 7) % 400) / 4;
  const lines: string[] = [];
  const say: Say = (second, place, text) => {
    lines.push(`${stamp(minute, second)} CST | INFO     | mytrader.${place} - ${text}\n\n`);
  };
  say(1, 'execution.components.signal_processor:process_trading_cycle:350', '🕐 New candle close');
  say(1, 'rag.hybrid_rag_pipeline:debug_level_confirmation:1963', '🔍 Level Confirmation Debug:');
  for (const [n, name] of ['Current Price', 'PDH', 'PDL', 'Above PDL', 'Below PDH', 'Range Size'].entries()) {
    say(
      1,
      `rag.hybrid_rag_pipeline:debug_level_confirmation:${1964 + n}`,
      `   ${name}: ${price} (diff: +1.75)`,
    );
  }
  const levels = `entry=${price.toFixed(2)} SL=${(price - 5).toFixed(2)} (5.00) TP=${(price + 7.5).toFixed(2)} (7.50)`;
  if (minute % 2 === 0) {
    say(
      2,
      'rag.pipeline_integration:_log_protection_snapshot:801',
      `🛡️ Protection snapshot | BUY ${levels} fallback=no`,
    );
  }
  const signal = 'Hybrid Pipeline: BUY (conf=0.54, trend=UPTREND, vol=MEDIUM)';
  say(2, 'rag.pipeline_integration:process_sync:635', signal);
  say(2, 'execution.components.signal_processor:generate_trading_signal:121', `🤖 ${signal}`);
  if (orderId !== null) order(say, orderId, price, levels);
  for (let second = 5; second < 60; second += 8) {
    say(second, 'execution.ib_executor:get_current_price:2384', 'Requesting market data for MESH6...');
    say(second, 'execution.ib_executor:get_current_price:2399', `Got last price: ${price.toFixed(2)}`);
    const sync = '🔍 Sync: 0 active orders (0 PendingSubmit, lock=idle)';
    say(second, 'execution.ib_executor:get_active_order_count:2062', sync);
    say(second, 'execution.components.cooldown_manager:check:41', 'No cooldown is in force');
  }
  for (const second of [10, 30, 50]) {
    const report = `Reconciled position: MES qty=-1 secType=FUT price=${price} multiplier=5.0 total_cost=${price * 5}`;
    say(second, 'execution.ib_executor:_reconcile_positions:788', report);
  }
  if (isHeldBack(minute)) heldBack(say, price);
  return lines.join('');
}

/** An exit that the bot wants again and again while it holds its own orders back. */
function heldBack(say: Say, price: number): void {
  const manager = 'execution.live_trading_manager:_place_exit_order:';
  const words = 'Duplicate signal submission blocked';
  say(55, `${manager}1268`, `🚪 Placing EXIT order request: BUY 1 contracts @ ~${price.toFixed(2)}`);
  say(55, `${manager}1298`, '🚪 Placing EXIT order: BUY 1 contracts (reduce_only=True)');
  say(55, 'execution.ib_executor:place_order:1204', `${words}: %s (exit=%s)`);
  say(
    55,
    `${manager}1323`,
    `✅ Exit order placed: ID=OrderResult(trade=Trade(contract=Contract(), order=Order(), orderStatus=OrderStatus(orderId=0, status='', filled=0.0, remaining=0.0, avgFillPrice=0.0, permId=0, parentId=0, lastFillPrice=0.0, clientId=0, whyHeld='', mktCapPrice=0.0), fills=[], log=[], advancedError=''), status='Cancelled', message='${words}', fill_price=None, filled_quantity=0)`,
  );
}

function order(say: Say, orderId: number, price: number, levels: string): void {
  const executor = 'execution.ib_executor:';
  const status = `backend=IB mock=False orderId=${orderId} permId=0 status=PendingSubmit filled=0.0`;
  say(
    3,
    'execution.live_trading_manager:_place_hybrid_order:1858',
    `📊 Order telemetry | qty=1 position=0 lock=False ${levels.replace(/ \(.*?\)/g, '')} fallback=no`,
  );
  say(
    3,
    `${executor}place_order:1371`,
    `📊 Using LIMIT order @ ${price.toFixed(2)} (market: ${price}, buffer: 0)`,
  );
  say(3, `${executor}place_order:1431`, `Adding take-profit order at ${(price + 7.5).toFixed(2)}`);
  say(
    3,
    `${executor}place_order:1448`,
    `Adding stop-loss order: stop=${(price - 5).toFixed(2)}, limit=${price - 6}`,
  );
  say(3, `${executor}_log_trade_status:1767`, `🛰️ parent-submit | ${status}`);
  say(
    3,
    'monitoring.order_tracker:record_order_placement:204',
    `📝 Recorded order placement: ID=${orderId}, BUY 1 MES`,
  );
  say(3, `${executor}_log_trade_status:1767`, `🛰️ parent-ack-start | ${status}`);
  say(
    4,
    `${executor}_on_order_status:914`,
    `📊 Order ${orderId} status: Filled (filled=1.0, remaining=0.0, avg=${price.toFixed(2)})`,
  );
  say(
    4,
    `${executor}_on_execution:975`,
    `✅ Execution: Order ${orderId}, qty=1.0, price=${price.toFixed(2)}, slippage=$0.00`,
  );
}

function stamp(minute: number, second: number): string {
  return new Date(EPOCH + minute * 60_000 + second * 1_000).toISOString().slice(0, 19).replace('T', ' ');
}
