/** `readLogs`: the orders in a bot's logs, with what the bot knew when it placed them. One pass, constant memory but for the orders themselves. */
import type { Readable } from 'node:stream';
import type { OrderCase } from '../model/order-case';
import type { Found } from '../report/assemble';
import { caseOf, missing } from './draft';
import { EvidenceShelf } from './evidence';
import { inTime } from './merge';
import { type LogSource, openLog } from './source';
import { Story } from './story';

const SETTLE_EVERY_MS = 60_000;

export interface ReadOptions {
  onProgress?(progress: { bytes: number; total: number | null }): void;
  /** Of which orders the lines are quoted, not only named; all when left out. */
  keepText?(orderId: number): boolean;
  /** Is handed each order as soon as no more is expected of it, by the time of its placing; nothing of it is kept. */
  onOrder?(order: OrderCase): void;
  /** What `-` means. */
  stdin?: Readable;
}

/**
 * @param files paths, gzipped or plain, rotated parts in any order; `-` is standard input
 * @throws InputError when one of them cannot be read
 */
export async function readLogs(files: readonly string[], options: ReadOptions = {}): Promise<Found> {
  const sources: LogSource[] = [];
  // side by side, a line that is the last of its kind in one log may be too late for an order in another
  const reading = { stdin: options.stdin ?? process.stdin, thin: files.length === 1 };
  for (const file of files) sources.push(await openLog(file, reading));
  const sizes = sources.map(({ size }) => size);
  const total = sizes.includes(null) ? null : sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  const shelf = new EvidenceShelf(options.keepText?.bind(options) ?? null);
  const story = new Story(shelf);
  const orders: OrderCase[] = [];
  const tell = options.onOrder?.bind(options) ?? ((order: OrderCase) => orders.push(order));
  let [beforeTs, settledTs] = [0, 0];
  for await (const entries of inTime(sources)) {
    for (const entry of entries) {
      // one damaged time stamp ends no order
      const ts = Math.min(entry.ts, beforeTs);
      beforeTs = entry.ts;
      if (ts - settledTs >= SETTLE_EVERY_MS) {
        settledTs = ts;
        whole(story, ts).forEach(tell);
      }
      story.take(entry);
    }
    options.onProgress?.({ bytes: sources.reduce((sum, { taken }) => sum + taken, 0), total });
  }
  whole(story, null).forEach(tell);
  return {
    sources: sources.map(({ name, taken, reader }) => ({
      name,
      kind: 'log',
      bytes: taken,
      lines: reader.lines,
      firstTs: reader.firstTs,
      lastTs: reader.lastTs,
    })),
    orders,
    suppressed: story.suppressed,
    unread: story.unread,
    caveats: caveatsOf(sources, shelf, story),
  };
}

/** Of the orders that are settled those that are told whole; the others are counted as unread. */
function whole(story: Story, ts: number | null): OrderCase[] {
  return story.settled(ts).flatMap((draft) => {
    const why = missing(draft);
    if (why === null) return [caseOf(draft)];
    const [first = { source: '', line: 0, text: '' }] = draft.evidence;
    story.notRead(
      { ...first, text: `orderId=${draft.orderId} ${first.text}`.trim() },
      `Order ${draft.orderId} is named and not described. ${why}`,
    );
    return [];
  });
}

function caveatsOf(sources: readonly LogSource[], shelf: EvidenceShelf, { strangers }: Story): string[] {
  const unzoned = sources.reduce((sum, { reader }) => sum + reader.unzoned, 0);
  return [
    ...sources.flatMap(({ trouble }) => (trouble === null ? [] : [trouble])),
    ...(unzoned > 0 ? ['Times without a zone are taken as US/Central, where the bot ran.'] : []),
    ...(strangers > 0
      ? [
          `${strangers} lines tell what became of orders whose placing is not in the log, or more than a day before: they belong to none here.`,
        ]
      : []),
    ...(shelf.isSpent
      ? ['So many lines are quoted that of the later orders only their places are kept.']
      : []),
  ];
}
