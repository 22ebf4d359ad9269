/** One replay of a log in a process of its own, so that its memory is its own: `read` alone, or `judge` too. */
import { DEFAULT_SETTING } from '../server/replay/judge/setting';
import { readLogs } from '../server/replay/log/read';
import { Assembly } from '../server/replay/report/assemble';

const [file = '', what = 'judge'] = process.argv.slice(2);
const startedMs = performance.now();
const assembly = new Assembly(DEFAULT_SETTING);
let orders = 0;
const found = await readLogs([file], {
  onOrder(order) {
    orders += 1;
    if (what === 'judge') assembly.take(order);
  },
});
const { suppressed, unread } = assembly.report(found);
process.send?.({
  tookMs: performance.now() - startedMs,
  peakMb: process.resourceUsage().maxRSS / 1_024,
  orders,
  heldBack: suppressed.count,
  unread: unread.count,
});
