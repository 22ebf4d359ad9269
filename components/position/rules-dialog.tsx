/** What this position does by itself: out after a time, stop to break-even, stop behind the best price. An empty field is off. */
'use client';

import { useState } from 'react';
import type { ExitRules } from '@/server/engine/model/exit-rules';
import type { PositionView } from '@/server/engine/view/words';
import { useCommand } from '../live/use-command';
import { Button } from '../ui/button';
import { Dialog, DialogFoot } from '../ui/dialog';
import { Label, TextInput } from '../ui/field';
import { ReasonField } from '../ui/reason-field';
import { draftOf, rulesOf } from './rules-draft';

interface RulesDialogProps {
  position: PositionView;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

const FIELDS = [
  { name: 'maxMinutes', label: 'Out after', unit: 'min in the trade' },
  { name: 'breakEvenAfter', label: 'Break-even after', unit: 'ticks in favour' },
  { name: 'trailAfter', label: 'Trail after', unit: 'ticks in favour' },
  { name: 'trailBy', label: 'Trail by', unit: 'ticks behind the best price' },
] as const;

export function RulesDialog(props: RulesDialogProps) {
  const { position, open, onOpenChange } = props;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Exit rules of ${position.localSymbol}`}
      description="The engine keeps them by itself: they only ever reduce risk, also while trading is halted."
    >
      {open ? <RulesForm {...props} /> : null}
    </Dialog>
  );
}

function RulesForm({ position, onOpenChange }: RulesDialogProps) {
  const [draft, setDraft] = useState(() => draftOf(position.rules));
  const [reason, setReason] = useState('');
  const { run, pending } = useCommand();
  const rules = rulesOf(draft);
  const set = async (chosen: ExitRules) => {
    const outcome = await run(
      { kind: 'SetExitRules', cycleId: position.cycleId, rules: chosen, reason: reason.trim() },
      `Exit rules of ${position.localSymbol} are set`,
    );
    if (outcome.kind === 'accepted') onOpenChange(false);
  };
  const ready = rules !== null && reason.trim() !== '' && !pending;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) set(rules);
      }}
    >
      <div className="grid grid-cols-2 gap-x-4 gap-y-3 px-5 pt-4 max-sm:grid-cols-1">
        {FIELDS.map(({ name, label, unit }) => (
          <div key={name}>
            <Label htmlFor={`${name}-${position.cycleId}`}>
              {label} <span className="text-faint">({unit})</span>
            </Label>
            <TextInput
              id={`${name}-${position.cycleId}`}
              data-testid={`rules-${name}`}
              className="num"
              inputMode="numeric"
              placeholder="off"
              maxLength={5}
              autoComplete="off"
              value={draft[name]}
              onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
            />
          </div>
        ))}
      </div>
      {rules === null ? (
        <p role="alert" className="px-5 pt-3 text-caution text-xs">
          Whole numbers from 1; a trail needs both of its numbers.
        </p>
      ) : null}
      <div className="px-5 py-4">
        <ReasonField
          label="Why? (required, journaled)"
          testId="rules-reason"
          value={reason}
          onValueChange={setReason}
        />
      </div>
      <DialogFoot>
        <Button size="large" onClick={() => onOpenChange(false)}>
          Cancel
        </Button>
        <Button type="submit" size="large" variant="primary" data-testid="rules-confirm" disabled={!ready}>
          Set the rules
        </Button>
      </DialogFoot>
    </form>
  );
}
