/** A replay of a bot's log beside `grep -c orderId=` on the same file: made up, plain and gzipped, every order found. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { densityOf, MINUTES_AN_ORDER, REAL_DENSITY, type Written, writeBotLog } from './bot-log';
import { figure, portion, ratio, type Section } from './section';
import { start } from './stage';

const BYTES = 2 * 2 ** 30;
/** Each is measured so often, one after the other in turn; the quickest counts: a machine that does other things is slower, never faster. */
const ROUNDS = 3;

/** Of `npm run replay`: little room for what is young, as a stream of lines leaves nothing behind, and little for what nobody needs any more. */
const FLAGS = ['--max-semi-space-size=2', '--heap-growing-percent=60'];

interface Replayed {
  tookMs: number;
  peakMb: number;
  orders: number;
  heldBack: number;
  unread: number;
}

async function replayed(file: string, what: 'read' | 'judge', written: Written): Promise<Replayed> {
  const { orders, heldBack } = written;
  const child = start('bench/replay.child.ts', [file, what], { flags: FLAGS });
  const [told] = (await once(child, 'message')) as [Replayed];
  child.kill('SIGKILL');
  if (told.orders !== orders || told.heldBack !== heldBack || told.unread > 0) {
    throw new Error(
      `Of ${orders} orders ${told.orders} were found, of ${heldBack} held back ${told.heldBack}, and ${told.unread} lines not read.`,
    );
  }
  return told;
}

function grepMs(file: string): number {
  const startedMs = performance.now();
  const { status } = spawnSync(file.endsWith('.gz') ? 'zgrep' : 'grep', ['-c', 'orderId=', file]);
  if (status !== 0) throw new Error('grep found nothing.');
  return performance.now() - startedMs;
}

async function measured(file: string, written: Written): Promise<Record<string, string>> {
  const runs: { grep: number; read: Replayed; judged: Replayed }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    runs.push({
      grep: grepMs(file),
      read: await replayed(file, 'read', written),
      judged: await replayed(file, 'judge', written),
    });
  }
  const [grep, read, judged] = [
    Math.min(...runs.map((run) => run.grep)),
    Math.min(...runs.map((run) => run.read.tookMs)),
    Math.min(...runs.map((run) => run.judged.tookMs)),
  ];
  const speed = (ms: number) => figure(written.bytes / 1e3 / ms);
  return {
    'MB of text': figure(written.bytes / 1e6),
    orders: figure(written.orders),
    'read, MB/s': speed(read),
    'read and judged, MB/s': speed(judged),
    'grep, MB/s': speed(grep),
    'read to grep': ratio(read, grep),
    'peak memory, MiB': figure(Math.max(...runs.map((run) => run.judged.peakMb))),
  };
}

export const replay: Section = {
  about: "a bot's log of 2 GiB read and judged, plain and gzipped, beside grep",
  run: async (share) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'interlock-bench-'));
    try {
      const plain = path.join(folder, 'bot.log');
      const bytes = portion(BYTES, share, 2 ** 24);
      const busy = path.join(folder, 'busy.log');
      const busyWritten = await writeBotLog(busy, bytes / 4, MINUTES_AN_ORDER / 10);
      const written = await writeBotLog(plain, bytes);
      const packed = `${plain}.gz`;
      await pipeline(createReadStream(plain), createGzip({ level: 1 }), createWriteStream(packed));
      return [
        {
          title: "A bot's log: bytes on disk -> every order with its verdict",
          rows: {
            plain: await measured(plain, written),
            [`gzipped to ${figure(statSync(packed).size / 1e6)} MB`]: await measured(packed, written),
            'plain, ten times as many orders a day': await measured(busy, busyWritten),
          },
          notes: [
            `Quickest of ${ROUNDS} runs in turn. grep is \`grep -c orderId=\`, of the gzipped file \`zgrep\`.`,
            'Read: every line of the bot checked, every order with what was known. The loading of the program is not in it; its memory is.',
            `A MB of it has ${await densityOf(plain)}; of two real days of the bot: ${REAL_DENSITY}.`,
          ],
        },
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
