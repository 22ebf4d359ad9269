/**
 * The bot's own words, and what each of them says. A line is looked at when it holds an `anchor` (at least eight bytes that hardly
 * anything else has), and counted as unread when it holds one and does not say the rest as it should. Lines are read as bytes, one
 * character each: \s would take the end of another letter for a space.
 */
import { sideOf } from '../model/order-case';
import { NOTHING_SAID, type Said } from './said';
import type { Sought } from './scan/scanner';
import * as part from './scan/steps';

export interface Word extends Sought {
  /** @returns null when the line looks like this word and cannot be read; undefined when it is about something else. */
  read(text: string): Said | null | undefined;
}

const NUMBER = '(-?\\d+(?:\\.\\d+)?)';
const PRICE = '(\\d+\\.\\d+|None)';

/** A word that is `pattern` and nothing else. */
function word(anchor: string, pattern: RegExp, said: (match: string[]) => Said | null | undefined): Word {
  return {
    anchor,
    read: (text) => {
      const match = pattern.exec(text);
      return match ? said(match.map((group) => group ?? '')) : null;
    },
  };
}

const SIGNAL = /Hybrid Pipeline: (\w+) \(conf=(\d+(?:\.\d+)?), trend=(\w+), vol=(\w+)\)/;
const ADVICE = /Decision Agent response: ([A-Z_]+)(?: \(confidence: (\d+(?:\.\d+)?)%\))?[ \t\r]*$/m;
const POSITION = /Reconciled position: (\w+) qty=(-?\d+)(?:\.0)?(?=[ \t\r\n]|$)/m;
const LEVELS = new RegExp(
  `Protection snapshot \\| (\\w+) entry=${PRICE} SL=${PRICE}[^=]* TP=${PRICE}(?=[ \\t\\r\\n]|$)`,
);
const ALERT = new RegExp(
  `Telegram alert: (\\w+) (\\d+)(?:\\.0)? @ (\\d+(?:\\.\\d+)?), SL=${PRICE}, TP=${PRICE}[ \\t\\r]*$`,
  'm',
);
const EXIT = /Placing EXIT order: (\w+) (\d+) contracts/;
const TURNED = /HYBRID EXIT: Position=(-?\d+), Signal=(\w+)/;
const TELEMETRY = new RegExp(
  `telemetry \\| qty=(\\d+)(?: position=(-?\\d+))? lock=\\w+ entry=${PRICE} SL=${PRICE} TP=${PRICE} `,
);
const RECORDED = /Recorded order placement: ID=(\d+), (\w+) (\d+) ([A-Z]\w*)[ \t\r]*$/m;
const CHILD = /Placed bracket order (\d+) \((\w+)\) \(parent=(\d+)\)/;
const STATUS = new RegExp(
  `Order (\\d+) status: (\\w+)(?: \\(filled=${NUMBER}, remaining=${NUMBER}, avg=${NUMBER}\\)| \\(${NUMBER} filled\\))?[ \\t\\r]*$`,
  'm',
);
const EXECUTION = new RegExp(`Execution: Order (\\d+), qty=${NUMBER}, price=${NUMBER}, `);

export const WORDS: readonly Word[] = [
  // an empty order, which the bot held back, rests on nothing
  { anchor: 'orderId=', read: orderSaid, plain: ['orderId=0,'], alone: true },
  word('order placement: ', RECORDED, ([, id, action = '', quantity, symbol = '']) => {
    const side = sideOf(action);
    return (
      side && { kind: 'recorded', orderId: Number(id), action, side, quantity: Number(quantity), symbol }
    );
  }),
  {
    anchor: 'Hybrid Pipeline',
    plain: [
      'Hybrid Pipeline: ',
      part.WORD,
      ' (conf=',
      part.NUMBER,
      ', trend=',
      part.WORD,
      ', vol=',
      part.WORD,
      ')',
    ],
    read: (text) => {
      const [, action, confidence, trend = '', volatility = ''] = SIGNAL.exec(text) ?? [];
      if (action !== undefined)
        return { kind: 'signal', action, confidence: Number(confidence), trend, volatility };
      return /Hybrid Pipeline: [A-Z]|conf=/.test(text) ? null : undefined;
    },
  },
  word('Decision Agent', ADVICE, ([, verdict = '', percent = '']) => {
    const said = verdictOf(verdict);
    const confidence = percent === '' ? null : Number(percent) / 100;
    return said && { kind: 'advice', verdict: said, confidence };
  }),
  { anchor: 'AWS WAIT advisory', read: () => ({ kind: 'unenforced' }) },
  {
    ...word('Reconciled position', POSITION, ([, symbol = '', quantity]) => ({
      kind: 'position',
      symbol,
      quantity: Number(quantity),
    })),
    plain: ['Reconciled position: ', part.WORD, ' qty=', part.WHOLE, ' '],
    subjectAt: 'Reconciled position: '.length,
  },
  word('Telegram alert: ', ALERT, ([, action = '', quantity, price, stop, target]) => {
    const side = sideOf(action);
    const levels = { stop: priceOf(stop), target: priceOf(target) };
    return side && { kind: 'alert', side, quantity: Number(quantity), price: Number(price), ...levels };
  }),
  {
    ...word('Protection snapshot', LEVELS, ([, action = '', entry, stop, target]) => ({
      kind: 'levels',
      side: sideOf(action),
      entry: priceOf(entry),
      stop: priceOf(stop),
      target: priceOf(target),
    })),
    plain: [
      'Protection snapshot | ',
      part.WORD,
      ' entry=',
      part.LEVEL,
      ' SL=',
      part.LEVEL,
      ' (',
      part.NUMBER,
      ') TP=',
      part.LEVEL,
      ' ',
    ],
  },
  {
    ...word('Got last price', /Got last price: (\d+\.\d+)[ \t\r]*$/m, ([, price]) => ({
      kind: 'price',
      price: Number(price),
    })),
    plain: ['Got last price: ', part.PRICE, part.END],
  },
  {
    ...word('EXIT order: ', EXIT, ([, action = '', quantity]) => {
      const side = sideOf(action);
      return side && { kind: 'exit wanted', side, quantity: Number(quantity), position: null };
    }),
    plain: ['EXIT order: ', part.WORD, ' ', part.WHOLE, ' contracts'],
    alone: true,
  },
  word('HYBRID EXIT', TURNED, ([, position]) => ({
    kind: 'exit wanted',
    side: null,
    quantity: null,
    position: Number(position),
  })),
  word('telemetry | qty=', TELEMETRY, ([, , position = '', , stop, target]) => ({
    kind: 'entry wanted',
    position: position === '' ? null : Number(position),
    stop: priceOf(stop),
    target: priceOf(target),
  })),
  word('LIMIT order @', /Using LIMIT order @ (\d+(?:\.\d+)?) /, ([, price]) => ({
    kind: 'limit',
    price: Number(price),
  })),
  word('take-profit order', /Adding take-profit order at (\d+\.\d+)[ \t\r]*$/m, ([, price]) => ({
    kind: 'target',
    price: Number(price),
  })),
  word('stop-loss order', /Adding stop-loss order: stop=(\d+\.\d+)(?=[, \t\r\n]|$)/, ([, price]) => ({
    kind: 'stop',
    price: Number(price),
  })),
  word('bracket order ', CHILD, ([, id, type = '', parent]) => ({
    kind: 'child',
    orderId: Number(id),
    parentId: Number(parent),
    role: type.includes('STOP') || type.includes('STP') ? 'stop' : 'target',
  })),
  {
    anchor: ' status: ',
    read: (text) => {
      const [, id, status = '', filled, , average, whole] = STATUS.exec(text) ?? [];
      if (id === undefined) return /Order \S+ status: /.test(text) ? null : undefined;
      return { kind: 'status', orderId: Number(id), status, ...fillOf(filled ?? whole, average) };
    },
  },
  word('Execution: Order', EXECUTION, ([, id, quantity, price]) => ({
    kind: 'execution',
    orderId: Number(id),
    quantity: Number(quantity),
    price: Number(price),
  })),
  {
    anchor: 'signal submission blocked',
    plain: ['signal submission blocked'],
    alone: true,
    // the empty order that follows quotes it
    read: (text) => (text.includes('orderId=') ? undefined : { kind: 'suppressed' }),
  },
  { anchor: 'hard guardrails', read: () => ({ kind: 'suppressed' }) },
];

const NOTHING_SENT: Said = {
  kind: 'order',
  orderId: 0,
  exit: false,
  child: false,
  submitted: false,
  ...NOTHING_SAID,
};

/** `orderId=14812` with whatever else the bot printed of it: a line of its own, or IB's objects in Python's words. */
function orderSaid(text: string): Said | null {
  const [, digits] = /orderId=(\d+)(?=\D)/.exec(`${text}\n`) ?? [];
  if (digits === undefined) return null;
  if (digits === '0') return NOTHING_SENT;
  const action = field(text, /action='(\w+)'/) ?? field(text, /\bOrder (\w+) placed: /);
  const quantity = field(text, /totalQuantity=(\d+)(?:\.0)?(?=\D)/);
  const type = /MarketOrder\(|orderType='MKT'/.test(text) ? ('MKT' as const) : null;
  const limit = field(text, /lmtPrice=(\d+\.\d+)/);
  return {
    kind: 'order',
    orderId: Number(digits),
    exit: text.includes('Exit order placed'),
    child: /child-(submit|\d+-ack)/.test(text),
    submitted: /(parent|child)-submit/.test(text),
    action,
    side: action === null ? null : sideOf(action),
    quantity: quantity === null ? null : Number(quantity),
    symbol: field(text, /symbol='(\w+)'/),
    type: type ?? (limit === null ? null : 'LMT'),
    limit: limit === null ? null : Number(limit),
    lastTradeDate: field(text, /lastTradeDateOrContractMonth='(\d{8})'/),
    status: field(text, /\bstatus='?(\w+)/),
  };
}

function field(text: string, pattern: RegExp): string | null {
  return pattern.exec(text)?.[1] ?? null;
}

function priceOf(text: string | undefined): number | null {
  return text === undefined || text === '' || text === 'None' ? null : Number(text);
}

function fillOf(filled: string | undefined, average: string | undefined) {
  return {
    filled: filled === undefined ? null : Number(filled),
    average: average === undefined || Number(average) === 0 ? null : Number(average),
  };
}

/** An advisor that names a side lets it pass; a word that we do not know is not taken for either. */
function verdictOf(word: string): 'GO' | 'WAIT' | null {
  if (word === 'WAIT') return 'WAIT';
  return word === 'GO' || sideOf(word) !== null ? 'GO' : null;
}
