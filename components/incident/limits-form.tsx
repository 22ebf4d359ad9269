/** Other limits for an incident, in the words of `interlock replay --set`: all of its orders are judged again under them. */
'use client';

import { type FormEvent, useId, useState } from 'react';
import { Button } from '../ui/button';
import { Label, TextInput } from '../ui/field';
import { type Incident, useJudgeAgain } from './queries';

const SPACES = /[\s,;]+/;

export function LimitsForm({ incident }: { incident: Incident }) {
  const id = useId();
  const [text, setText] = useState(incident.limits.join(' '));
  const again = useJudgeAgain(incident.id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    again.mutate(text.split(SPACES).filter((limit) => limit !== ''));
  };
  return (
    <form onSubmit={submit} className="border-line border-t px-3.5 py-2.5">
      <Label htmlFor={id}>
        Judged under{' '}
        {incident.limits.length === 0 ? "today's default limits" : 'the default limits, but for these'}; to
        change some, name them, money in dollars and times in ms
      </Label>
      <div className="flex flex-wrap gap-2">
        <TextInput
          id={id}
          data-testid="incident-limits"
          className="num w-auto min-w-0 max-w-xl grow basis-64"
          placeholder="min_distance_ticks=6 max_loss_per_trade=500"
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" disabled={again.isPending} data-testid="judge-again">
          Judge again
        </Button>
      </div>
      {again.error ? (
        <p role="alert" data-testid="limits-refused" className="mt-1.5 text-caution text-xs">
          {again.error.message}
        </p>
      ) : null}
    </form>
  );
}
