/** Alerts for a person, written to the log and kept for whoever asks what was said last. */
import type { Alert } from '../../engine/model/command';
import type { Notifier } from '../../ports';

/** The part of the logger that an alert needs; pino fits it. */
export interface AlertLog {
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
  error(fields: object, text: string): void;
}

export interface LogNotifier extends Notifier {
  /** Newest last. */
  recent(): readonly Alert[];
}

const LEVEL = { info: 'info', warning: 'warn', critical: 'error' } as const;

/** @param keep alerts remembered. */
export function logNotifier({ log, keep = 50 }: { log: AlertLog; keep?: number }): LogNotifier {
  let kept: readonly Alert[] = [];
  return {
    notify(alert) {
      kept = [...kept, alert].slice(-keep);
      log[LEVEL[alert.severity]]({ alert: alert.severity }, alert.text);
    },
    recent: () => kept,
  };
}
