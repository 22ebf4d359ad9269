// The three kinds of invented day: what its calendar is, its rhythm, and what a start-up line says of it.
import { demoRhythm, globexRhythm, type Rhythm, STEADY } from './rhythm';
import { alwaysOpenCalendar, type Calendar, centralSentenceTime, globexCalendar } from './sessions';

/**
 * `steady`: one busy morning without an end. `globex`: the CME's sessions and holidays by Chicago's clock, thin at night, with gaps and
 * news. `demo`: that day again and again, never closed, its US open at the start.
 */
export type SyntheticDay = 'steady' | 'globex' | 'demo';

interface DayKind {
  readonly calendar: Calendar;
  readonly rhythm: Rhythm;
  /** The months beside the front one trade too, and take over. */
  readonly rolls: boolean;
  /** One sentence part. */
  readonly description: string;
}

export function dayOf(day: SyntheticDay, seed: number, startTs: number): DayKind {
  switch (day) {
    case 'steady':
      return {
        calendar: alwaysOpenCalendar(),
        rhythm: STEADY,
        rolls: false,
        description: 'an invented market, open around the clock (weekends too), unlike the real one',
      };
    case 'demo':
      return {
        calendar: alwaysOpenCalendar(),
        rhythm: demoRhythm(seed, startTs),
        rolls: true,
        description: 'an invented market whose day begins with the US open and never closes (weekends too)',
      };
    case 'globex': {
      const calendar = globexCalendar();
      const { open } = calendar.sessionFrom(startTs);
      const closed = open > startTs ? `, closed until ${centralSentenceTime(open)}` : '';
      return {
        calendar,
        rhythm: globexRhythm(seed, calendar),
        rolls: true,
        description: `an invented market that keeps the CME sessions${closed}`,
      };
    }
  }
}
