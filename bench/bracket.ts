/** From an accepted signal to the last leg of its bracket at the other end of the socket. */
import { measureBare } from './bare';
import { measureGuarded } from './guarded';
import { figure, portion, ratio, type Section, spreadOf } from './section';
import { openStage } from './stage';

/** Between two brackets: keeps every client under the library's own 50 messages a second. */
const PAUSE_MS = 120;

export const bracket: Section = {
  about: 'signal accepted to the third order frame at the other end of the socket',
  run: async (share) => {
    const samples = portion(200, share);
    const stage = await openStage(['--port', '0']);
    const guarded = spreadOf(await measureGuarded(stage, samples, PAUSE_MS));
    const bare = spreadOf(await measureBare(stage, samples, PAUSE_MS, true));
    const asShipped = spreadOf(await measureBare(stage, samples, PAUSE_MS, false));
    stage.stop();
    const row = (of: typeof bare) => ({
      'p50, ms': figure(of.p50),
      'p99, ms': figure(of.p99),
      'p50 to bare': ratio(of.p50, bare.p50),
    });
    return [
      {
        title: `Signal accepted -> third order frame at the other end of the socket (${samples} brackets each)`,
        rows: {
          'Interlock: guards, advisor, journal durable': row(guarded),
          'bare @stoqey/ib, no Nagle delay': row(bare),
          'bare @stoqey/ib, as shipped': row(asShipped),
        },
      },
    ];
  },
};
