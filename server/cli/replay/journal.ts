/** `interlock replay --journal`: which decisions of ours would be others under other limits. Reads the database of the stack. */

import type { Limits } from '../../engine/model/limits';
import { type Decision, type JournalReplay, judgeAgain } from '../../replay/journal/again';
import { dayOf } from '../../replay/report/summary';
import type { Desk, Outcome } from '../outcome';
import { withReads } from '../reads';
import { exchangeTime, sections, table } from '../text';

/** Exit code 0: nothing would get further than it did; 1: something would. */
export async function replayJournal(
  desk: Desk,
  changes: Partial<Limits>,
  date: string | undefined,
): Promise<Outcome> {
  const replay = await withReads(desk, (reads) =>
    judgeAgain(reads.entries(), changes, ({ ts }) => date === undefined || dayOf(ts) === date),
  );
  return { code: replay.summary.released === 0 ? 0 : 1, text: journalText(replay), data: replay };
}

function journalText({ entries, decisions, summary, limits, caveats }: JournalReplay): string {
  const changed = decisions.filter((decision) => decision.changed.length > 0 || isAnother(decision));
  const named = Object.entries(limits).map(([name, value]) => `${name} ${value}`);
  return sections([
    ['', named.length === 0 ? 'No limit is changed: see --set.' : `With ${named.join(', ')}:`],
    [
      '',
      table(
        ['decided', 'cycle', 'contract', 'at', 'was', 'is now', 'guards'],
        changed.map((decision) => [
          exchangeTime(decision.ts),
          decision.cycleId,
          decision.symbol,
          decision.at,
          saidText(decision.was),
          saidText(decision.now),
          decision.changed.join('; '),
        ]),
      ),
    ],
    [
      '',
      `${entries} entries, ${summary.decisions} decisions: ${summary.stopped} would be stopped, ${summary.released} would get further, ${summary.same} would be the same.`,
    ],
    ['What this cannot know', caveats.join('\n')],
  ]);
}

function isAnother({ was, now }: Decision): boolean {
  return saidText(was) !== saidText(now);
}

function saidText({ is, reasons }: Decision['was']): string {
  return [is, ...reasons].join(' ');
}
