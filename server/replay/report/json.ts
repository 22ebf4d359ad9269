/** A report as one JSON document, piece by piece: of many orders the whole would not fit. */
import type { Replayed } from './assemble';

export function* reportJson({ orders, cycles, ...rest }: Replayed): Generator<string> {
  yield `${JSON.stringify(rest).slice(0, -1)},"orders":`;
  yield* listed(orders);
  yield ',"cycles":';
  yield* listed(cycles);
  yield '}\n';
}

function* listed(items: Iterable<unknown>): Generator<string> {
  let before = '[';
  for (const item of items) {
    yield `${before}${JSON.stringify(item)}`;
    before = ',';
  }
  yield before === '[' ? '[]' : ']';
}
