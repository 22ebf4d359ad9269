/** What becomes of messages beyond the rate, in each manner: late but in order, or refused and in the end cut off. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { STANDARD_RULES } from '../rules';
import type { Message } from '../wire/frame';
import type { Client } from './client';
import { Gate } from './gate';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A gate for 50 messages a second, what it lets in, and what its client is told. */
function gateThat(pacing: 'delay' | 'reject' | 'none', asksForPacing = false) {
  const letIn: number[] = [];
  const told: Message[] = [];
  const closed: string[] = [];
  const client: Pick<Client, 'send' | 'close' | 'asksForPacing'> = {
    asksForPacing,
    send: (...messages) => void told.push(...messages),
    close: (reason) => void closed.push(reason),
  };
  const gate = new Gate<number>(client, { ...STANDARD_RULES, pacing }, (request) => void letIn.push(request));
  const send = (count: number) => {
    for (let i = 0; i < count; i += 1) gate.take(gate.pacing.total);
  };
  return { gate, send, letIn, told, closed };
}

describe('in the manner "delay"', () => {
  it('serves 50 at once and the rest when a second has passed, in the order sent', () => {
    const { send, letIn, told } = gateThat('delay');
    send(120);
    expect(letIn).toHaveLength(50);
    vi.advanceTimersByTime(999);
    expect(letIn).toHaveLength(50);
    vi.advanceTimersByTime(1);
    expect(letIn).toHaveLength(100);
    vi.advanceTimersByTime(1000);
    expect(letIn).toEqual(Array.from({ length: 120 }, (_, i) => i));
    expect(told).toEqual([]);
  });

  it('serves nothing more once the client is gone', () => {
    const { gate, send, letIn } = gateThat('delay');
    send(60);
    gate.close();
    vi.advanceTimersByTime(5000);
    expect(letIn).toHaveLength(50);
  });
});

describe('in the manner "reject"', () => {
  it('answers what is too much with error 100, and disconnects at the third', () => {
    const { send, letIn, told, closed } = gateThat('reject');
    send(52);
    expect(letIn).toHaveLength(50);
    expect(told.map(([id, , about, code]) => [id, about, code])).toEqual([
      [4, -1, 100],
      [4, -1, 100],
    ]);
    expect(closed).toEqual([]);
    send(1);
    expect(closed).toEqual(['too many messages a second']);
  });

  it('delays a client that offered +PACEAPI', () => {
    const { send, letIn, told } = gateThat('reject', true);
    send(60);
    vi.advanceTimersByTime(1000);
    expect([letIn.length, told]).toEqual([60, []]);
  });
});

it('in the manner "none" serves all', () => {
  const { send, letIn } = gateThat('none');
  send(500);
  expect(letIn).toHaveLength(500);
});
