/** What the journal says about modes, the link and the broker's report, read naively from its events and facts: a second opinion on the state. */

import type { Quote } from '../../engine/model/instrument';
import { rank, type TradingMode } from '../../engine/model/operator';
import type { JournalEntry } from '../../engine/model/step';

type SeenQuote = Pick<Quote, 'lastTicks' | 'bidTicks' | 'askTicks' | 'hostMs'>;

export class Known {
  connected = false;
  reconciled = false;
  modes = new Map<string, TradingMode>();
  quotes = new Map<string, SeenQuote>();
  /** Signed contracts, as each fill left them. */
  positions = new Map<string, number>();

  take({ hostMs, event, facts, quotes }: JournalEntry): void {
    for (const quote of quotes) this.quotes.set(quote.symbol, quote);
    switch (event.type) {
      case 'WorkerStarted':
      case 'BrokerConnecting':
      case 'BrokerDisconnected':
      case 'BrokerConnected':
        this.connected = event.type === 'BrokerConnected';
        this.reconciled = false;
        break;
      case 'QuoteReceived':
        this.quotes.set(event.quote.symbol, { ...event.quote, hostMs });
        break;
      case 'OperatorCommanded':
        this.obey(
          event.command.action.kind,
          'scope' in event.command.action ? event.command.action.scope : '',
        );
        break;
    }
    for (const fact of facts) {
      if (fact.type === 'Reconciled') this.reconciled = true;
      if (fact.type === 'ReconcileMismatch') this.reconciled = false;
      if (fact.type === 'OrderFilled' || fact.type === 'ExecutionCorrected')
        this.positions.set(fact.symbol, fact.positionAfter);
      if (fact.type === 'ModeChanged') this.modes.set(fact.scope, fact.to);
    }
  }

  /** Stopping needs no fact: whoever pressed it has stopped it. */
  private obey(kind: string, scope: string): void {
    const wanted =
      kind === 'Halt' || kind === 'Flatten' ? 'Halted' : kind === 'HaltEntries' ? 'Reducing' : null;
    if (wanted && rank(wanted) > rank(this.modes.get(scope) ?? 'Active')) this.modes.set(scope, wanted);
  }

  /** The stricter of the global mode and the instrument's own. */
  modeOf(symbol: string): TradingMode {
    const [all, own] = [this.modes.get('*') ?? 'Active', this.modes.get(symbol) ?? 'Active'];
    return rank(all) > rank(own) ? all : own;
  }
}
