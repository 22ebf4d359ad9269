/** Which day of an incident is shown: one list for three days or three hundred, and a step to the next one. */
'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useId } from 'react';
import { plural } from '../live/format/words';
import { Button } from '../ui/button';
import { Label, Select } from '../ui/field';
import type { Summary } from './queries';

interface DayPickerProps {
  days: Summary['summary']['byDay'];
  day: string | null;
  onDay: (day: string) => void;
}

function saidOf({ day, orders, blocked }: DayPickerProps['days'][number]): string {
  return `${day}: ${plural(orders, 'order')}${blocked > 0 ? `, ${blocked} blocked` : ''}`;
}

export function DayPicker({ days, day, onDay }: DayPickerProps) {
  const id = useId();
  const at = days.findIndex((one) => one.day === day);
  const step = (by: number, name: string, icon: typeof ChevronLeft) => {
    const next = days[at + by];
    const Icon = icon;
    return (
      <Button
        size="icon"
        variant="quiet"
        aria-label={name}
        disabled={at < 0 || next === undefined}
        onClick={() => next && onDay(next.day)}
      >
        <Icon aria-hidden className="size-4" />
      </Button>
    );
  };
  return (
    <div className="flex min-w-0 items-center gap-1">
      {step(-1, 'The day before', ChevronLeft)}
      <Label htmlFor={id} hidden>
        Day
      </Label>
      <Select
        id={id}
        data-testid="incident-day"
        className="min-w-0"
        value={day ?? ''}
        onValueChange={onDay}
        options={days.map((one) => ({ value: one.day, label: saidOf(one) }))}
      />
      {step(1, 'The day after', ChevronRight)}
    </div>
  );
}
