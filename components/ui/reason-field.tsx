/** Why a person does something: one line that goes to the journal. With a `placeholder` the label is for screen readers only. */
'use client';

import { useId } from 'react';
import { Label, TextInput } from './field';

/** The most characters that the engine keeps of a reason. */
const LONGEST = 500;

interface ReasonFieldProps {
  label: string;
  placeholder?: string;
  testId: string;
  value: string;
  onValueChange: (value: string) => void;
}

export function ReasonField({ label, placeholder, testId, value, onValueChange }: ReasonFieldProps) {
  const id = useId();
  return (
    <>
      <Label htmlFor={id} hidden={placeholder !== undefined}>
        {label}
      </Label>
      <TextInput
        id={id}
        data-testid={testId}
        placeholder={placeholder}
        value={value}
        maxLength={LONGEST}
        autoComplete="off"
        onChange={(event) => onValueChange(event.target.value)}
      />
    </>
  );
}
