/**
 * What Python's ib_async 2.0.1 takes for a message at server version 178: so many fields, of such kinds. Of any other it logs an exception
 * and loses it. Written from ib-protocol 2.3 to 2.5 and from reading its decoder; it cannot be installed where these tests run.
 */
import { IANAZone } from 'luxon';

/** A field each: `i` whole number, `d` decimal, `s` any text, `t` a time whose zone zoneinfo knows, `j` nothing or JSON. */
type Shape = string | ((frame: readonly string[]) => string);

/** conId, symbol, secType, expiry, strike, right, multiplier, exchange, currency, localSymbol, tradingClass. */
const CONTRACT = 'isssdssssss';
const listed = (head: string, item: string, countAt: number, tail = ''): Shape => {
  return (frame) => head + item.repeat(Number(frame[countAt])) + tail;
};

const SHAPES: Readonly<Record<string, Shape>> = {
  1: 'iiiiddi',
  2: 'iiiid',
  3: 'iisdddiidisd',
  4: 'iiiisj',
  5: `ii${CONTRACT}sdsdd${'s'.repeat(117)}`,
  6: 'iissss',
  7: `ii${CONTRACT}dddddds`,
  8: 'iis',
  9: 'iii',
  10: 'iisssdssssssidsssiisssssssssssiisssssddd',
  11: `iii${CONTRACT}stsssddiiiddssssii`,
  15: 'iis',
  17: listed('iitti', 'tddddddi', 4),
  45: 'iiiid',
  46: 'iiiis',
  49: 'iii',
  50: 'iiiiddddddi',
  52: 'iii',
  53: 'ii',
  54: 'iis',
  55: 'iii',
  57: 'iii',
  58: 'iiii',
  59: 'iisdsdds',
  61: `iis${CONTRACT}dd`,
  62: 'ii',
  63: 'iiissss',
  64: 'iii',
  73: 'iiisssss',
  74: 'iii',
  81: 'iidsi',
  88: 'iit',
  90: 'iiitdddddd',
  93: listed('iii', 'dd', 2),
  94: 'iiddd',
  95: 'iiddddd',
  98: listed('iii', 'iiddss', 2, 'i'),
  99: (frame) => ({ 1: 'iiiiddiss', 2: 'iiiiddiss', 3: 'iiiiddddi', 4: 'iiiid' })[frame[2] ?? ''] ?? '',
  100: 'iiii',
  101: `i${CONTRACT}sdsdd${'s'.repeat(83)}`,
  102: 'i',
};

/** The tick types it has a place for, by the message that carries them. */
const TICK_TYPES: Readonly<Record<string, readonly number[]>> = {
  1: [1, 2, 4, 6, 7, 9, 14, 37, 66, 67, 68, 72, 73, 75, 76],
  2: [0, 3, 5, 8, 69, 70, 71, 74, 86],
  45: [49],
  46: [45, 48, 77, 84, 88],
};

/** What such a client would log about the frame; undefined when it takes it. */
export function complaintAbout(frame: readonly string[]): string | undefined {
  const [messageId = ''] = frame;
  const shape = SHAPES[messageId];
  if (shape === undefined) return `no handler for message ${messageId}`;
  const kinds = typeof shape === 'string' ? shape : shape(frame);
  if (kinds.length !== frame.length)
    return `message ${messageId} has ${frame.length} fields instead of ${kinds.length}`;
  const wrong = frame.findIndex((text, i) => !isA(kinds[i] ?? '', text));
  if (wrong >= 0) return `field ${wrong} of message ${messageId} is "${frame[wrong]}"`;
  const types = TICK_TYPES[messageId];
  if (types && !types.includes(Number(frame[3]))) return `message ${messageId} with tick type ${frame[3]}`;
  return undefined;
}

function isA(kind: string, text: string): boolean {
  switch (kind) {
    case 'i':
      return /^-?\d+$/.test(text);
    case 'd':
      return text !== '' && Number.isFinite(Number(text));
    case 't':
      return isTime(text);
    case 'j':
      return text === '' || isJson(text);
    default:
      return kind === 's';
  }
}

function isTime(text: string): boolean {
  if (/^\d+$/.test(text)) return true;
  const [, zone] = /^\d{8} \d\d:\d\d:\d\d (\S+)$/.exec(text) ?? [];
  return zone !== undefined && IANAZone.isValidZone(zone);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
