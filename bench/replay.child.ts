/** One replay of a log in a process of its own, so that its memory is its own. */
import { DEFAULT_SETTING } from '../server/replay/judge/setting';
import { readLogs } from '../server/replay/log/read';
import { reportOf } from '../server/replay/report/assemble';

const [file = ''] = process.argv.slice(2);
const startedMs = performance.now();
const found = await readLogs([file]);
const readMs = performance.now() - startedMs;
const { summary, suppressed, unread } = reportOf(found, DEFAULT_SETTING);
process.send?.({
  readMs,
  wholeMs: performance.now() - startedMs,
  peakMb: process.resourceUsage().maxRSS / 1_024,
  orders: summary.orders,
  heldBack: suppressed.count,
  unread: unread.count,
});
