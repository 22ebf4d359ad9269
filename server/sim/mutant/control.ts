/** Catalogue 2.1: exits that open, run away, come twice or never. */
import type { Mutant } from './mutant';

const EXIT = 'server/engine/exit/exit.ts';
const ATTEMPT = 'server/engine/exit/attempt.ts';
const PLACING = 'server/engine/model/placing.ts';
const CLOSING_GROUP = 'server/engine/model/closing-group.ts';
const PROTECT = 'server/engine/bracket/protect.ts';

export const CONTROL: readonly Mutant[] = [
  {
    name: 'an exit is sized from what was entered, not from what is held',
    row: 'F01',
    file: PLACING,
    find: "return { side: held > 0 ? 'SELL' : 'BUY', quantity: Math.abs(held), reduceOnly: true };",
    replace: "return { side: held > 0 ? 'SELL' : 'BUY', quantity: cycle.entryQuantity, reduceOnly: true };",
  },
  {
    name: 'an exit does not wait for executions that are on their way',
    row: 'F01',
    file: EXIT,
    find: 'if (settles || hasUntoldFill(state, cycle)) return unchanged(state);',
    replace: '',
  },
  {
    name: 'a second exit is sent beside a live one',
    row: 'F02',
    file: EXIT,
    find: 'return live ? pushOn(state, cycle, live, hostMs) : nextAttempt(state, cycle, hostMs);',
    replace: 'return nextAttempt(state, cycle, hostMs);',
  },
  {
    name: 'exits are repeated without a pause',
    row: 'F02 F06',
    file: ATTEMPT,
    find: 'if (inMinute >= ATTEMPTS_PER_MINUTE) return false;',
    replace: 'if (inMinute >= 0) return true;',
  },
  {
    name: 'a stop or target that fills counts as an entry',
    row: 'F03',
    file: 'server/engine/cycle/fills.ts',
    find: 'side === cycle.side ? entered(',
    replace: "fill.role !== 'exit' ? entered(",
  },
  {
    name: 'an exit joins no group of the bracket',
    row: 'F04',
    file: CLOSING_GROUP,
    find: 'group: open?.spec.ocaGroup ?? unspent ??',
    replace: 'group:',
  },
  {
    name: 'an exit is sent beside legs whose group is spent',
    row: 'F04',
    file: ATTEMPT,
    find: 'if (inTheWay.length > 0) {',
    replace: 'if (inTheWay.length > 9) {',
  },
  {
    name: 'what is left of a flat bracket is not cancelled',
    row: 'F04',
    file: PROTECT,
    find: '(current) => clearLeftovers(current, hostMs),',
    replace: '',
  },
  {
    name: 'an exit is sent while the broker holds something else than we count',
    row: 'F05 F42',
    file: EXIT,
    find: 'if (isOverclosed(cycle) || isDisputed(state, cycle.symbol)) return unchanged(state);',
    replace: '',
  },
  {
    name: 'an exit is sent before the broker has been asked what is true',
    row: 'F05 F41',
    file: 'server/engine/model/book.ts',
    find: "(state.reconciliation.phase === 'clean' || state.reconciliation.phase === 'mismatch')",
    replace: 'true',
  },
  {
    name: 'a failed exit is suppressed as a duplicate',
    row: 'F06',
    file: ATTEMPT,
    find: 'if (!last) return true;',
    replace: 'return !last;',
  },
  {
    name: 'exits are repeated nine times a minute',
    row: 'F06 I12',
    file: ATTEMPT,
    find: 'ATTEMPTS_PER_MINUTE = 6',
    replace: 'ATTEMPTS_PER_MINUTE = 9',
  },
  {
    name: 'an exit that was sent is a success',
    row: 'F07',
    file: 'server/engine/cycle/close.ts',
    find: "if (cycle.phase !== 'open' || netQuantity(cycle) !== 0 || cycle.flatHostMs === null) return false;",
    replace:
      "if (cycle.phase !== 'open' || ((netQuantity(cycle) !== 0 || cycle.flatHostMs === null) && !cycle.exit?.attempts)) return false;",
  },
  {
    name: 'a closing order is twice the position',
    row: 'F11',
    file: PLACING,
    find: "return { side: held > 0 ? 'SELL' : 'BUY', quantity: Math.abs(held), reduceOnly: true };",
    replace: "return { side: held > 0 ? 'SELL' : 'BUY', quantity: 2 * Math.abs(held), reduceOnly: true };",
  },
  {
    name: 'an exit goes to a closed venue',
    row: 'F12',
    file: EXIT,
    find: '|| !mayExitAt(instrument, ts)) return',
    replace: ') return',
  },
  {
    name: 'a repeated command of a person is another command',
    row: 'S-19',
    file: 'server/engine/flow/operator.ts',
    find: 'if (state.commands.includes(commandId)) {',
    replace: 'if (commandId === "") {',
  },
];
