/**
 * What an order may ask for and this exchange does not have: it is refused, because an order that works otherwise than it was meant to is
 * worse than none. Fields by their place in ib-protocol 2.2.
 */
import type { Fields } from '../wire/fields';

interface Option {
  name: string;
  isSet(f: Fields): boolean;
}

/** They insert fields, in the order of the table: while none before it is set, each stands where it should. */
const SHIFTING: readonly Option[] = [
  { name: 'a combination (BAG)', isSet: (f) => f.text(4) === 'BAG' },
  { name: 'a delta-neutral order', isSet: (f) => f.text(64) !== '' },
  { name: 'a scale order', isSet: (f) => (f.decimal(72) ?? 0) > 0 },
  { name: 'a hedge', isSet: (f) => f.text(76) !== '' },
  { name: 'a delta-neutral contract', isSet: (f) => f.flag(81) },
  { name: 'an algorithm', isSet: (f) => f.text(82) !== '' },
  { name: 'a condition', isSet: (f) => f.integer(89) > 0 },
];

const TRIGGER_METHODS: readonly number[] = [0, 1, 2, 3, 4, 7, 8];

/** They would change when, or how, the order works. */
const UNKNOWN_HERE: readonly Option[] = [
  { name: 'an iceberg (displaySize)', isSet: (f) => f.integer(31) > 0 },
  {
    name: 'a trigger method but 0 to 4, 7 and 8',
    isSet: (f) => !TRIGGER_METHODS.includes(f.integer(32)),
  },
  { name: 'a hidden order', isSet: (f) => f.flag(34) },
  { name: 'a discretionary amount', isSet: (f) => (f.decimal(36) ?? 0) > 0 },
  { name: 'a time to begin (goodAfterTime)', isSet: (f) => f.text(37) !== '' },
  { name: 'a time to end (goodTillDate)', isSet: (f) => f.text(38) !== '' },
  { name: 'all or none', isSet: (f) => f.flag(49) },
  { name: 'a least size (minQty)', isSet: (f) => f.integer(50) > 0 },
  { name: 'an active time', isSet: (f) => f.text(74) !== '' || f.text(75) !== '' },
  { name: 'an adjustment of the stop', isSet: (f) => !['', 'None'].includes(f.text(90)) },
];

/** @throws RequestRefused 321 that names the first such option */
export function refuseOtherOptions(f: Fields): void {
  const found = [...SHIFTING, ...UNKNOWN_HERE].find(({ isSet }) => isSet(f));
  if (found) throw f.refuse(`The paper gateway does not take ${found.name}`);
}
