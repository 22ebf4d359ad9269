/** What a contract's last session left behind. */
import type { Exchange } from '../../exchange/exchange';
import { globexCalendar } from '../../exchange/sessions';

const calendar = globexCalendar();
const BAR_MS = 60_000;
/** Long enough to reach over a weekend with a holiday on each side. */
const LOOK_BACK_MS = 5 * 24 * 60 * BAR_MS;

/** The last price of the session before the present one, in points; undefined when the market remembers none. */
export function previousClose(exchange: Exchange, conId: number): number | undefined {
  const { open } = calendar.sessionFrom(exchange.now);
  const endTs = Math.min(open, exchange.now);
  return exchange.bars(conId, { endTs, durationMs: LOOK_BACK_MS, barMs: BAR_MS }).at(-1)?.close;
}
