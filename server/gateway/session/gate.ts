/**
 * Lets a client's requests in, no faster than IB does. Invariant: what is let in keeps the order in which it was sent; a request that is
 * held back holds back all that follow it.
 */
import { errorMessage } from '../answer/system';
import { type GatewayRules, messagesPerSecond } from '../rules';
import { NO_ID } from '../wire/fields';
import type { Client } from './client';
import { Pacing } from './pacing';

const RATE_EXCEEDED = 100;
/** So many violations end the connection. */
const VIOLATIONS_MAX = 3;

export class Gate<Request> {
  readonly pacing: Pacing;
  private readonly waiting: Request[] = [];
  private timer: NodeJS.Timeout | undefined;
  private violations = 0;

  constructor(
    private readonly client: Pick<Client, 'send' | 'close' | 'asksForPacing'>,
    private readonly rules: GatewayRules,
    private readonly letIn: (request: Request) => void,
    wallMs: () => number = Date.now,
  ) {
    this.pacing = new Pacing(messagesPerSecond(rules), wallMs);
  }

  take(request: Request): void {
    this.pacing.count();
    switch (this.client.asksForPacing ? 'delay' : this.rules.pacing) {
      case 'none':
        this.letIn(request);
        return;
      case 'delay':
        this.waiting.push(request);
        this.drain();
        return;
      case 'reject':
        if (this.pacing.waitMs() > 0) this.reject();
        else this.admit(request);
        return;
    }
  }

  /** The client is gone: what waits is never served. */
  close(): void {
    clearTimeout(this.timer);
    this.waiting.length = 0;
  }

  private drain(): void {
    if (this.timer !== undefined) return;
    while (this.waiting.length > 0) {
      const waitMs = this.pacing.waitMs();
      if (waitMs > 0) {
        this.timer = setTimeout(() => {
          this.timer = undefined;
          this.drain();
        }, waitMs);
        return;
      }
      for (const request of this.waiting.splice(0, 1)) this.admit(request);
    }
  }

  private admit(request: Request): void {
    this.pacing.admit();
    this.letIn(request);
  }

  private reject(): void {
    this.violations += 1;
    this.client.send(
      errorMessage(NO_ID, RATE_EXCEEDED, 'Max rate of messages per second has been exceeded:'),
    );
    if (this.violations >= VIOLATIONS_MAX) this.client.close('too many messages a second');
  }
}
