/** The process that reads one incident: its files through the guards, the result into its folder, its progress to whoever started it. */

import path from 'node:path';
import type { TickBar } from '../exchange/market';
import { parseTape } from '../exchange/tape';
import { readZippedText } from '../gateway/zipped-text';
import { settingUnder } from '../replay/judge/set-limit';
import { readLogs } from '../replay/log/read';
import { InputError } from '../replay/model/input-error';
import { readOrdersDb } from '../replay/orders-db/read';
import { type Found, reportOf } from '../replay/report/assemble';
import { pricedBy } from '../replay/tape/price';
import { endWithParent } from '../stack/lifeline';
import { IncidentRefused, type ReaderNews, readerTask } from './words';
import { writeResult } from './write';

const PROGRESS_EVERY_MS = 200;

const tell = (news: ReaderNews) => process.send?.(news);

async function main(): Promise<void> {
  const { filesDir, resultDir, files, limits } = readerTask.parse(JSON.parse(process.argv[2] ?? '{}'));
  const named = (kind: string) =>
    files.filter((file) => file.kind === kind).map(({ name }) => path.join(filesDir, name));
  const totalBytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let toldMs = 0;
  const onProgress = ({ bytes }: { bytes: number }) => {
    if (performance.now() - toldMs < PROGRESS_EVERY_MS) return;
    toldMs = performance.now();
    tell({ is: 'progress', readBytes: Math.min(bytes, totalBytes), totalBytes });
  };
  const logs = named('log');
  const found: Found[] = [];
  for (const file of named('orders-db')) found.push(await readOrdersDb(file));
  if (logs.length > 0) found.push(await readLogs(logs, { onProgress }));
  if (found.length === 0)
    throw new IncidentRefused('There is only a tape. Bring in a log or an order database too.');
  const bars = barsOf(named('tape'));
  const all = joined(found);
  const orders = pricedBy(bars ?? [], all.orders);
  await writeResult(resultDir, shortNamed(reportOf({ ...all, orders }, settingUnder(limits))), bars);
  tell({ is: 'done' });
}

function joined(found: readonly Found[]): Found {
  return {
    sources: found.flatMap(({ sources }) => sources),
    orders: found.flatMap(({ orders }) => orders),
    suppressed: {
      count: found.reduce((sum, { suppressed }) => sum + suppressed.count, 0),
      shown: found.flatMap(({ suppressed }) => suppressed.shown),
    },
    unread: {
      count: found.reduce((sum, { unread }) => sum + unread.count, 0),
      shown: found.flatMap(({ unread }) => unread.shown),
    },
    caveats: [...new Set(found.flatMap(({ caveats }) => caveats))],
  };
}

/** Where a file lies on this machine is nobody's business: its name is what its owner knows. */
function shortNamed<T>(report: T): T {
  return JSON.parse(JSON.stringify(report), (key, value: unknown) =>
    (key === 'source' || key === 'name') && typeof value === 'string' ? path.basename(value) : value,
  );
}

function barsOf(tapes: readonly string[]): readonly TickBar[] | null {
  const bars: TickBar[] = [];
  for (const tape of tapes) {
    const reading = parseTape(readZippedText(tape));
    if (!reading.ok)
      throw new IncidentRefused(
        `The tape ${path.basename(tape)}, row ${reading.row}: ${reading.reason}. Correct it, or leave it out.`,
      );
    bars.push(...reading.tape.bars);
  }
  return bars.length === 0 ? null : bars.sort((a, b) => a.ts - b.ts);
}

endWithParent();
main().catch((error: unknown) => {
  const known = error instanceof InputError || error instanceof IncidentRefused;
  if (!known) console.error(error);
  const words = error instanceof Error ? error.message : String(error);
  tell({ is: 'failed', why: known ? words : `The reader failed: ${words}` });
});
