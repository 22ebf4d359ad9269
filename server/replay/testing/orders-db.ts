/** A bot's order database made for a test: the tables as the bot made them, with the rows of the test. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'libsql';

const SCHEMA = `
CREATE TABLE orders (order_id INTEGER PRIMARY KEY, parent_order_id INTEGER, timestamp TEXT, symbol TEXT, action TEXT,
  quantity INTEGER, order_type TEXT, limit_price REAL, stop_price REAL, entry_price REAL, stop_loss REAL, take_profit REAL,
  confidence REAL, status TEXT, filled_quantity INTEGER DEFAULT 0, avg_fill_price REAL, market_regime TEXT);
CREATE TABLE order_events (id INTEGER PRIMARY KEY, order_id INTEGER, timestamp TEXT, event_type TEXT, status TEXT);
CREATE TABLE executions (id INTEGER PRIMARY KEY, order_id INTEGER, timestamp TEXT, quantity INTEGER, price REAL, commission REAL);`;

export type Row = Record<string, string | number | bigint | Buffer | null>;

export const ENTRY_14812: Row = {
  order_id: 14_812,
  timestamp: '2025-12-12T14:53:13.215566',
  symbol: 'ES',
  action: 'BUY',
  quantity: 1,
  order_type: 'LIMIT',
  limit_price: 6890.5,
  entry_price: 6890.5,
  status: 'Filled',
  filled_quantity: 1,
  avg_fill_price: 6890.5,
};

export function temporaryFile(name: string): string {
  return path.join(mkdtempSync(path.join(tmpdir(), 'interlock-replay-')), name);
}

/** @returns the file. */
export function ordersDb(tables: { orders?: Row[]; order_events?: Row[]; executions?: Row[] }): string {
  const file = temporaryFile('orders.db');
  const database = new Sqlite(file);
  database.exec(`PRAGMA foreign_keys = OFF;${SCHEMA}`);
  for (const [table, rows] of Object.entries(tables)) {
    for (const row of rows) {
      const columns = Object.keys(row).join(', ');
      const marks = Object.keys(row).map(() => '?');
      database.prepare(`INSERT INTO ${table} (${columns}) VALUES (${marks})`).run(...Object.values(row));
    }
  }
  database.close();
  return file;
}
