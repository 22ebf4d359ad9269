/** A replay of a bot's log beside `grep -c orderId=` on the same file: made up, plain and gzipped, every order found. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Written, writeBotLog } from './bot-log';
import { figure, portion, ratio, type Section } from './section';
import { start } from './stage';

const BYTES = 2 * 2 ** 30;
/** Each is measured so often, one after the other in turn; the quickest counts: a machine that does other things is slower, never faster. */
const ROUNDS = 3;

/** Of `npm run replay`: little room for what is young, as a stream of lines leaves nothing behind. */
const FLAGS = ['--max-semi-space-size=4'];

interface Replayed {
  readMs: number;
  wholeMs: number;
  peakMb: number;
  orders: number;
  heldBack: number;
  unread: number;
}

async function replayed(file: string, { orders, heldBack }: Written): Promise<Replayed> {
  const child = start('bench/replay.child.ts', [file], { flags: FLAGS });
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

async function measured(file: string, written: Written) {
  const runs: (Replayed & { grepMs: number })[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    runs.push({ grepMs: grepMs(file), ...(await replayed(file, written)) });
  }
  const best = (of: (run: Replayed & { grepMs: number }) => number) => Math.min(...runs.map(of));
  const speed = (ms: number) => figure(written.bytes / 1e3 / ms);
  const [read, whole, grep] = [
    best((run) => run.readMs),
    best((run) => run.wholeMs),
    best((run) => run.grepMs),
  ];
  return {
    'MB of text': figure(written.bytes / 1e6),
    'read, MB/s': speed(read),
    'read and judged, MB/s': speed(whole),
    'grep, MB/s': speed(grep),
    'read to grep': ratio(read, grep),
    'peak memory, MiB': figure(Math.max(...runs.map((run) => run.peakMb))),
    orders: figure(written.orders),
  };
}

export const replay: Section = {
  about: "a bot's log of 2 GiB read and judged, plain and gzipped, beside grep",
  run: async (share) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'interlock-bench-'));
    try {
      const plain = path.join(folder, 'bot.log');
      const written = await writeBotLog(plain, portion(BYTES, share, 2 ** 24));
      const packed = `${plain}.gz`;
      await pipeline(createReadStream(plain), createGzip({ level: 1 }), createWriteStream(packed));
      return [
        {
          title: "A bot's log: bytes on disk -> every order with its verdict",
          rows: {
            plain: await measured(plain, written),
            [`gzipped to ${figure(statSync(packed).size / 1e6)} MB`]: await measured(packed, written),
          },
          notes: [
            `Quickest of ${ROUNDS} runs in turn. grep is \`grep -c orderId=\`, of the gzipped file \`zgrep\`.`,
            'Read: every line of the bot checked, every order with what was known. The loading of the program is not in it; its memory is.',
          ],
        },
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
