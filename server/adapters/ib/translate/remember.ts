/** IB says the same texts again and again (times, hours, months): what one meant is remembered. */
import { copied } from './copied';

const KEPT = 1_000;

/** @param translate pure. At most {@link KEPT} answers are kept; then it begins anew. */
export function remembered<T>(translate: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    if (known.size >= KEPT) known.clear();
    const meaning = translate(text);
    known.set(copied(text), meaning);
    return meaning;
  };
}
