/** The queue behind each browser's stream. */
import { expect, test } from 'vitest';
import { createInbox } from './inbox';

test('messages come in order, those put before the reader came and those after', async () => {
  const inbox = createInbox<number>(8);
  inbox.put(1);
  const reader = inbox.messages();
  const first = await reader.next();
  const second = reader.next();
  inbox.put(2);
  expect([first.value, (await second).value]).toEqual([1, 2]);
});

test('closing ends a reader that waits', async () => {
  const inbox = createInbox<number>(8);
  const waiting = inbox.messages().next();
  inbox.close();
  expect(await waiting).toEqual({ done: true, value: undefined });
});

test('a reader that falls too far behind is cut off, not fed old news', async () => {
  const inbox = createInbox<number>(2);
  for (const n of [1, 2, 3]) inbox.put(n);
  expect(await inbox.messages().next()).toEqual({ done: true, value: undefined });
});
