import { expect, it } from 'vitest';
import type { Alert } from '../../engine/model/command';
import { logNotifier } from './log';

type Severity = Alert['severity'];
const alert = (severity: Severity, text: string): Alert => ({ type: 'SendAlert', severity, text });

function recorder() {
  const lines: string[] = [];
  const line = (level: string) => (fields: object, text: string) =>
    void lines.push(`${level} ${JSON.stringify(fields)} ${text}`);
  return { lines, log: { info: line('info'), warn: line('warn'), error: line('error') } };
}

it('writes each alert at the level of its severity', () => {
  const { lines, log } = recorder();
  const notifier = logNotifier({ log });
  notifier.notify(alert('info', 'Cycle closed.'));
  notifier.notify(alert('warning', 'Gateway gone.'));
  notifier.notify(alert('critical', 'ES is unprotected.'));
  expect(lines).toEqual([
    'info {"alert":"info"} Cycle closed.',
    'warn {"alert":"warning"} Gateway gone.',
    'error {"alert":"critical"} ES is unprotected.',
  ]);
});

it('keeps only the last alerts, newest last', () => {
  const notifier = logNotifier({ log: recorder().log, keep: 2 });
  for (const text of ['one', 'two', 'three']) notifier.notify(alert('info', text));
  expect(notifier.recent().map((kept) => kept.text)).toEqual(['two', 'three']);
});
