/** The advisor's own words, and how sure it is. */
import type { AdvisorAnswer } from '@/server/engine/model/advisory';
import { percent } from '../live/format/price';
import { duration } from '../live/format/time';

export function Verdict({ answer }: { answer: AdvisorAnswer | null }) {
  if (answer === null) {
    return (
      <p className="border-caution border-l-2 pl-3 text-mute">
        No answer from the advisor. Silence counts as WAIT.
      </p>
    );
  }
  return (
    <figure className="border-caution border-l-2 pl-3">
      <blockquote className="text-ink/90">“{answer.words}”</blockquote>
      <figcaption className="mt-0.5 text-faint text-xs">
        {answer.advisor} · <span className="font-semibold text-caution">{answer.verdict}</span>{' '}
        <span className="num">{percent(answer.confidence)}</span> · {answer.trend.toLowerCase()},{' '}
        {answer.volatility.toLowerCase()} volatility ·{' '}
        <span className="num">{duration(answer.latencyMs)}</span>
      </figcaption>
    </figure>
  );
}
