/**
 * Confirms by being held: pointer, or Space/Enter kept down. Letting go, moving away, or losing focus before the end cancels; a page that
 * moves under a pointer that stands still does not.
 */
'use client';

import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { cn } from './cn';

interface HoldButtonProps {
  holdMs: number;
  onConfirm: () => void;
  disabled?: boolean;
  children: ReactNode;
  /** Said instead of `children` while it is held. */
  holding: ReactNode;
  className?: string;
  testId?: string;
}

/** A hand trembles: moving away is to be so far outside the button, px. */
const TREMOR_PX = 16;

function isAway({ clientX, clientY, currentTarget }: PointerEvent<HTMLElement>): boolean {
  const { left, right, top, bottom } = currentTarget.getBoundingClientRect();
  const outside = Math.max(left - clientX, clientX - right, top - clientY, clientY - bottom);
  return outside > TREMOR_PX;
}

/** @returns how far the hold has come (0..1) and the two hands on it. `onDone` fires once per hold. */
function useHold(holdMs: number, onDone: () => void) {
  const [progress, setProgress] = useState(0);
  const frame = useRef<number | null>(null);
  const done = useRef(onDone);
  useEffect(() => {
    done.current = onDone;
  }, [onDone]);

  const release = useCallback(() => {
    if (frame.current !== null) cancelAnimationFrame(frame.current);
    frame.current = null;
    setProgress(0);
  }, []);

  const press = useCallback(() => {
    if (frame.current !== null) return;
    const startedMs = performance.now();
    const grow = () => {
      const share = Math.min(1, (performance.now() - startedMs) / holdMs);
      setProgress(share);
      if (share < 1) {
        frame.current = requestAnimationFrame(grow);
      } else {
        release();
        done.current();
      }
    };
    frame.current = requestAnimationFrame(grow);
  }, [holdMs, release]);

  useEffect(() => release, [release]);
  return { progress, press, release };
}

export function HoldButton(props: HoldButtonProps) {
  const { progress, press, release } = useHold(props.holdMs, props.onConfirm);
  const isHeld = progress > 0;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== ' ' && event.key !== 'Enter') return;
    event.preventDefault();
    if (!event.repeat) press();
  };
  return (
    <button
      type="button"
      disabled={props.disabled}
      data-testid={props.testId}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        press();
      }}
      onPointerMove={(event) => {
        if (isHeld && isAway(event)) release();
      }}
      onPointerUp={release}
      onPointerCancel={release}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={onKeyDown}
      onKeyUp={release}
      onBlur={release}
      className={cn(
        'relative h-11 touch-none select-none overflow-hidden rounded-md border border-danger/60 bg-danger/12 px-5 font-semibold text-danger text-sm',
        'disabled:cursor-not-allowed disabled:opacity-50',
        props.className,
      )}
    >
      <span
        aria-hidden
        className="absolute inset-0 origin-left bg-danger/35"
        style={{ transform: `scaleX(${progress})` }}
      />
      <span
        aria-live="polite"
        className={cn('relative flex items-center justify-center gap-2', isHeld && 'text-ink')}
      >
        {isHeld ? props.holding : props.children}
      </span>
    </button>
  );
}
